"""The selected head: the best by the rows of the other folds, never by those that it predicts."""

from dataclasses import replace

import numpy as np
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.folds.selection import (
    Heads,
    row_losses,
    rows_of_choice,
    score_heads,
    select,
)

NAME = (
    "backbone-net_head-dense_pool-max_depth-1_width-{}_dropout-0_features-plain_halves-0_share-{}"
)


def predictions(first: float) -> ClassPredictions:
    """Four rows of two groups, whose first class has this probability."""
    ids, groups = np.array(list("abcd"), dtype=object), np.array(list("ppqq"), dtype=object)
    true = np.array(list("xyxy"), dtype=object)
    return ClassPredictions(ids, groups, true, ("x", "y"), np.array([[first, 1 - first]] * 4))


def test_rows_have_the_loss_and_the_predictions_of_each_model() -> None:
    members = [predictions(0.7), predictions(0.35)]
    assert row_losses(members)[:, 0].tolist() == pytest.approx([-np.log(0.7), -np.log(0.35)])
    assert rows_of_choice(members, np.array([0, 1, 1, 0]))[:, 0].tolist() == pytest.approx(
        [0.7, 0.35, 0.35, 0.7]
    )


def test_a_fold_is_predicted_by_the_head_that_is_best_on_the_others() -> None:
    sure = np.array([[0.9, 0.1], [0.1, 0.9], [0.6, 0.4], [0.4, 0.6]])
    first, second = (
        replace(predictions(0.5), probabilities=values) for values in (sure, sure[::-1, ::-1])
    )
    best = replace(predictions(0.5), probabilities=np.array([[1.0, 0.0], [0.0, 1.0]] * 2))
    of_heads = [first, second, best]
    names = [NAME.format(8, 1), NAME.format(16, 1), NAME.format(8, 0.5)]
    heads = Heads(names, of_heads, of_heads, of_heads, of_heads)
    found = select(heads, np.array([0, 0, 1, 1]))
    assert found.without_fold == {"0": names[1], "1": names[0]}
    assert found.out_of_fold.tolist() == [*second.probabilities[:2].tolist(), *sure[2:].tolist()]
    assert found.selected in names[:2]
    scores, gains = score_heads(heads, 0)
    assert scores["name"].iloc[0] == names[2]
    assert set(gains["axis"]) == {"width", "share"}
