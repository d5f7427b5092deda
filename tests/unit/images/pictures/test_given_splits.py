"""A split that comes with the pictures: used as it is, or refused with the way out."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from practical_dl.images.pictures.given_splits import (
    folds_as_given,
    has_given_folds,
    has_given_split,
    split_as_given,
)
from practical_dl.images.pictures.manifest import COLUMNS, read_manifest, write_manifest
from practical_dl.images.pictures.splits import check_split, folds, split_by_group
from practical_dl.inspection.tables import describe_csv
from practical_dl.job.errors import UserError

WORDS = ["train", "train", "valid", "train", "valid", "train"]


def manifest_of(given: Sequence[str], groups: Sequence[str] = "pppqqq") -> pd.DataFrame:
    """Six labelled pictures of two classes, and a test picture."""
    return pd.DataFrame(
        {
            "image_id": [f"{row}.jpg" for row in range(7)],
            "path": [f"some/{row}.jpg" for row in range(7)],
            "split": ["train"] * 6 + ["test"],
            "label": [*"aabbab", ""],
            "group": [*groups, ""],
            "given": [*given, ""],
            "width": 8,
            "height": 6,
            "sha256": [f"{row}" * 64 for row in range(7)],
        }
    )


NO_GROUPS = [""] * 6


def test_the_column_stands_in_manifests_of_sources_with_a_split_only(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    write_manifest(path, manifest_of(WORDS))
    assert path.read_text().splitlines()[0] == (
        "image_id,path,split,label,group,given,width,height,sha256"
    )
    pd.testing.assert_frame_equal(read_manifest(path), manifest_of(WORDS))
    assert describe_csv(path).facts["the source's own split"] == "train 4 (67 %), valid 2 (33 %)"
    assert not describe_csv(path).wrong
    write_manifest(path, manifest_of([""] * 6))
    assert path.read_text().splitlines()[0] == (
        "image_id,path,split,label,group,width,height,sha256"
    )
    assert "given" not in read_manifest(path)
    assert list(manifest_of(WORDS).columns) == [*COLUMNS[:5], "given", *COLUMNS[5:]]


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (["train", "valid", "left", *WORDS[3:]], "2.jpg: given must be train, valid or the"),
        (["0", "1", "valid", "0", "1", "0"], "0.jpg: given must be train, valid or the"),
        (["train", "", *WORDS[2:]], "1.jpg: given is empty, other labelled images have one"),
    ],
)
def test_a_broken_side_is_refused(tmp_path: Path, given: list[str], fault: str) -> None:
    with pytest.raises(UserError, match=fault):
        write_manifest(tmp_path / "manifest.csv", manifest_of(given))


def test_a_side_of_a_test_picture_is_refused(tmp_path: Path) -> None:
    broken = manifest_of(WORDS)
    broken["given"] = [*WORDS, "valid"]
    with pytest.raises(UserError, match=r"6\.jpg: a test image must have no side of a split"):
        write_manifest(tmp_path / "manifest.csv", broken)


def test_valid_pictures_validate_and_the_others_train() -> None:
    manifest = manifest_of(WORDS, NO_GROUPS)
    split = split_as_given(manifest)
    check_split(split, manifest, Path("split"))
    assert list(split["role"]) == WORDS
    assert has_given_split(manifest)
    assert not has_given_folds(manifest)


def test_numbers_are_folds_of_which_the_first_validates() -> None:
    manifest = manifest_of(["10", "2", "2", "10", "3", "3"], NO_GROUPS)
    assert has_given_folds(manifest)
    assert list(folds_as_given(manifest, 3)["fold"]) == [2, 0, 0, 2, 1, 1]
    assert list(split_as_given(manifest)["role"]) == ["train", "valid", "valid", *["train"] * 3]
    with pytest.raises(UserError, match=r"comes with 3 folds, .* asks for 5: set folds to 3, or"):
        folds_as_given(manifest, 5)


def test_groups_on_both_sides_of_it_are_refused_with_the_ways_out() -> None:
    with pytest.raises(UserError) as caught:
        split_as_given(manifest_of(WORDS))
    assert str(caught.value) == (
        "the source's own split has 2 groups on both sides: p, q; its scores would be of groups "
        "that were trained on; set split.given to ignore to have a split made here, or leave the "
        "groups out to have the scores that its publisher has"
    )
    whole = ["train", "train", "train", "valid", "valid", "valid"]
    assert list(split_as_given(manifest_of(whole))["role"]) == whole
    with pytest.raises(UserError, match="has 2 groups on both sides: p, q"):
        folds_as_given(manifest_of(list("010101")), 2)


def test_a_class_on_one_side_of_it_is_refused() -> None:
    manifest = manifest_of(["train", "train", "valid", "valid", "train", "valid"], NO_GROUPS)
    with pytest.raises(UserError, match=r"has classes on one side only: a, b; set split\.given to"):
        split_as_given(manifest)
    with pytest.raises(UserError, match=r"has one side only \(train\)"):
        split_as_given(manifest_of(["train"] * 6, NO_GROUPS))


def test_without_one_the_splits_are_those_of_before() -> None:
    plain = manifest_of([""] * 6).drop(columns="given")
    assert not has_given_split(plain)
    pd.testing.assert_frame_equal(
        split_by_group(plain, 0.5, 3), split_by_group(manifest_of(WORDS), 0.5, 3)
    )
    pd.testing.assert_frame_equal(folds(plain, 2, 3), folds(manifest_of(WORDS), 2, 3))
