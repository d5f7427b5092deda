"""Members of an ensemble, fold by fold."""

import numpy as np
import pandas as pd
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.ensemble.members import in_row_order, labels_by_fold, parts_by_fold
from practical_dl.images.folds.folded import folds_of


def predictions(first: float) -> ClassPredictions:
    """Four rows of two groups, whose first class has this probability."""
    ids, groups = np.array(list("abcd"), dtype=object), np.array(list("ppqq"), dtype=object)
    true = np.array(list("xyxy"), dtype=object)
    return ClassPredictions(ids, groups, true, ("x", "y"), np.array([[first, 1 - first]] * 4))


def test_parts_have_neighbours_by_their_own_positions() -> None:
    members = [predictions(0.7), predictions(0.35)]
    folds = pd.DataFrame({"image_id": list("dcba"), "fold": [1, 0, 1, 0]})
    fold = folds_of(list(members[0].ids), folds)
    assert fold.tolist() == [0, 1, 0, 1]
    parts = parts_by_fold(members, fold, np.array([[2], [3], [0], [1]]))
    assert [part.neighbours.tolist() for part in parts.values()] == [[[1], [0]]] * 2
    assert np.exp(parts[1].logs[:, 0, 0]).tolist() == pytest.approx([0.7, 0.35])
    labels = labels_by_fold(members[0], fold)
    assert labels[0].tolist() == [0, 0]
    assert in_row_order({0: np.array([1, 3]), 1: np.array([2, 4])}, fold).tolist() == [1, 2, 3, 4]
