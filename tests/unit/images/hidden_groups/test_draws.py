"""Groups that are hidden as a test part."""

from pathlib import Path

import pandas as pd
import pytest

from practical_dl.images.hidden_groups.draws import drawn_units, hide
from practical_dl.images.pictures.manifest import check_manifest, labelled_rows, unlabelled_rows
from practical_dl.job.errors import UserError


def manifest(groups: str) -> pd.DataFrame:
    """Two pictures of each of the groups (a letter each; ' ' is none), and one of the test."""
    rows = [
        [f"{number:02d}.jpg", f"{number:02d}.jpg", "train", "xy"[number % 2], group.strip()]
        for number, group in enumerate(letter for letter in groups for _ in range(2))
    ]
    rows.append(["99.jpg", "99.jpg", "test", "", ""])
    table = pd.DataFrame(rows, columns=["image_id", "path", "split", "label", "group"])
    return table.assign(width=4, height=3, sha256="0" * 64)


def test_hidden_groups_are_a_test_part_without_label_or_group() -> None:
    hidden = hide(manifest("abc"), ["b"])
    check_manifest(hidden, Path("here"))
    assert list(labelled_rows(hidden)["group"]) == ["a", "a", "c", "c"]
    assert list(unlabelled_rows(hidden)["image_id"]) == ["02.jpg", "03.jpg"]
    assert list(unlabelled_rows(hidden)["group"]) == ["", ""]


def test_each_draw_hides_its_own_groups_and_the_same_again() -> None:
    table = manifest("abcdefgh")
    draws = [drawn_units(table, 3, draw, seed=1) for draw in range(20)]
    assert all(len(set(draw)) == 3 for draw in draws)
    assert len(set(map(tuple, draws))) > 10
    assert draws[4] == drawn_units(table, 3, 4, seed=1)
    assert len(drawn_units(table, None, 0, seed=1)) == 2


def test_without_groups_single_pictures_are_hidden() -> None:
    table = manifest("    ")
    hidden = drawn_units(table, 2, 0, seed=1)
    assert set(hidden) <= set(table["image_id"])
    assert sorted(unlabelled_rows(hide(table, hidden))["image_id"]) == hidden


def test_too_few_groups_are_a_mistake_of_the_configuration() -> None:
    with pytest.raises(UserError, match="groups: 2 of 3 groups cannot be hidden"):
        drawn_units(manifest("abc"), 2, 0, seed=1)
