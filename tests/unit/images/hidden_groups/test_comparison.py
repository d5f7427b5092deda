"""Estimate and truth, side by side."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.ensemble.members import Ensemble, labels_by_fold, parts_by_fold
from practical_dl.images.ensemble.tuning import Choices
from practical_dl.images.hidden_groups.comparison import compare, summary, with_truth

CHOICES = Choices([1], [0.5], weights=False, balance=False, temperature=True, floors=())


def predictions(ids: str, groups: str, chance: float) -> ClassPredictions:
    """Rows of the classes x, y in turn, each true class having this probability."""
    names = np.array(list(ids), dtype=object)
    true = np.array(["x", "y"] * (len(ids) // 2), dtype=object)
    rows = np.array([[chance, 1 - chance], [1 - chance, chance]] * (len(ids) // 2))
    return ClassPredictions(names, np.array(list(groups), dtype=object), true, ("x", "y"), rows)


def test_estimates_are_of_known_rows_and_truths_of_hidden_ones() -> None:
    known, hidden = predictions("abcdefgh", "ppppqqqq", 0.8), predictions("ijkl", "rrss", 0.6)
    fold = np.array([0] * 4 + [1] * 4)
    near = np.array([[2], [3], [0], [1], [6], [7], [4], [5]])
    ensemble = Ensemble(
        known,
        fold,
        parts_by_fold([known], fold, near),
        labels_by_fold(known, fold),
        np.array([[2], [3], [0], [1]]),
    )
    table = compare(3, ensemble, {"one": (known, hidden)}, CHOICES, hidden, seed=1)
    assert list(table["step"]) == ["one", "ensemble", "neighbours", "temperature"]
    assert list(table["kind"]) == ["member", "step", "step", "step"]
    assert table["estimate"][:3].tolist() == pytest.approx([-np.log(0.8)] * 3)
    assert table["truth"][:3].tolist() == pytest.approx([-np.log(0.6)] * 3)
    sharpened = 0.6**5 / (0.6**5 + 0.4**5)
    assert table["truth"][3] == pytest.approx(-np.log(sharpened), rel=1e-3)
    assert set(table["accuracy_estimate"]) == set(table["accuracy_truth"]) == {1.0}


def test_the_truth_is_looked_up_by_the_pictures_names() -> None:
    hidden = predictions("ij", "  ", 0.6)
    hidden = replace(hidden, true=np.array(["", ""], dtype=object))
    manifest = pd.DataFrame({"image_id": list("jia"), "label": list("yxx"), "group": ["r", "", ""]})
    known = with_truth(hidden, manifest)
    assert list(known.true) == ["x", "y"]
    assert list(known.groups) == ["i", "r"]


def test_the_summary_counts_truths_inside_and_takes_medians() -> None:
    table = pd.DataFrame(
        {
            "draw": [0, 1, 2],
            "kind": "step",
            "step": "ensemble",
            "estimate": [1.0, 2.0, 2.0],
            "ci_low": [0.5, 1.0, 1.0],
            "ci_high": [1.5, 3.0, 3.0],
            "truth": [1.2, 3.5, 2.0],
        }
    )
    row = summary(table).iloc[0]
    assert row["draws"] == 3
    assert row["ratio"] == pytest.approx(1.2)
    assert (row["ratio_low"], row["ratio_high"]) == (1.0, 1.75)
    assert row["inside"] == pytest.approx(2 / 3)
    assert row["width"] == 1
