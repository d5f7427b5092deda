"""Models by folds: the files that one leaves, and whose rows they are of."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.folds.folded import (
    Folded,
    FoldPredictions,
    folds_of,
    read_members,
    write_member,
)
from practical_dl.job.errors import UserError

ROWS = pd.DataFrame(
    {"image_id": list("abcd"), "label": [0, 1, 0, 1], "group": ["p", "p", "q", "q"]}
)


def member(folder: Path, first: float) -> SimpleNamespace:
    folder.mkdir()
    names = ("out_of_fold", "first_seed", "test")
    output = {name: folder / f"{name}.csv" for name in names}
    seeds = np.array([[[first, 1 - first]] * 4, [[0.5, 0.5]] * 4])
    test = pd.DataFrame({"image_id": ["t"], "label": [-1], "group": [""]})
    write_member(output, ROWS, test, ["x", "y"], FoldPredictions(seeds, seeds, seeds[:, :1]))
    return SimpleNamespace(**output)


def test_a_member_holds_means_over_seeds_and_its_first_seed(tmp_path: Path) -> None:
    output = member(tmp_path / "one", 0.9)
    mean, first, test = (
        pd.read_csv(path) for path in (output.out_of_fold, output.first_seed, output.test)
    )
    assert mean["x"].tolist() == pytest.approx([0.7] * 4)
    assert first["x"].tolist() == pytest.approx([0.9] * 4)
    assert mean["true"].tolist() == ["x", "y", "x", "y"]
    assert test["id"].tolist() == ["t"]
    assert test["x"].tolist() == pytest.approx([0.7])


def test_a_frame_holds_the_rows_with_their_true_classes() -> None:
    folded = Folded(ROWS, ROWS[:0], np.array([0, 1, 0, 1]), ["x", "y"])
    frame = folded.frame(np.full((4, 2), 0.5))
    assert frame["true"].tolist() == ["x", "y", "x", "y"]
    assert frame["group"].tolist() == list("ppqq")
    assert folded.labels.tolist() == [0, 1, 0, 1]


def test_members_of_other_rows_are_refused(tmp_path: Path) -> None:
    output = member(tmp_path / "one", 0.9)
    with pytest.raises(UserError, match="rows or classes"):
        read_members([output.out_of_fold, output.test])
    with pytest.raises(UserError, match="b has none"):
        folds_of(["a", "b"], pd.DataFrame({"image_id": ["a"], "fold": [0]}))
