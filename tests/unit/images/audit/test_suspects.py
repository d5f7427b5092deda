"""Confident learning by hand."""

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.audit.suspects import (
    confident_classes,
    mixed,
    neighbour_shares,
    suspects,
)

LABELS = np.array([0, 0, 0, 1, 1, 1])
PROBABILITIES = np.array([[0.9, 0.1], [0.7, 0.3], [0.1, 0.9], [0.2, 0.8], [0.3, 0.7], [0.75, 0.25]])
"""Thresholds: (0.9 + 0.7 + 0.1) / 3 = 0.567 of class 0, (0.8 + 0.7 + 0.25) / 3 = 0.583 of 1."""


def test_a_picture_counts_for_the_class_whose_mean_it_reaches() -> None:
    assert confident_classes(LABELS, PROBABILITIES).tolist() == [0, 0, 1, 1, 1, 0]


def test_a_picture_that_reaches_no_mean_counts_for_none() -> None:
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.45, 0.55]])
    assert confident_classes(np.array([0, 0, 1, 1]), probabilities)[3] == -1


def test_a_class_without_pictures_is_never_predicted() -> None:
    assert confident_classes(np.zeros(2, np.int64), np.array([[0.4, 0.6], [0.6, 0.4]])).max() <= 0


def test_suspects_are_ranked_by_how_much_less_likely_their_label_is() -> None:
    rows = pd.DataFrame({"image_id": list("abcdef"), "label": LABELS})
    near = np.array([[1, 2], [0, 2], [3, 4], [4, 2], [3, 2], [0, 3]])
    found = suspects(rows, ["cat", "dog"], PROBABILITIES, near)
    assert found["image_id"].tolist() == ["c", "f"]  # 0.1 - 0.9 before 0.25 - 0.75
    assert found["label"].tolist() == ["cat", "dog"]
    assert found["predicted"].tolist() == ["dog", "cat"]
    assert found["neighbours"].tolist() == ["2 dog", "1 cat, 1 dog"]
    assert found["sure"].tolist() == ["yes", "yes"]
    assert found["own"].tolist() == pytest.approx([0.1, 0.25])


def test_shares_of_classes_among_the_nearest() -> None:
    """And one more that is half of each."""
    near = np.array([[1, 2], [2, 3], [0, 1], [0, 1]])
    shares = neighbour_shares(np.array([0, 0, 1, 1]), near, 2)
    assert shares[:3] == pytest.approx(np.array([[1.5, 1.5], [0.5, 2.5], [2.5, 0.5]]) / 3)


def test_the_opinion_that_tells_the_labels_counts_for_all() -> None:
    labels = np.array([0, 1])
    right, wrong = np.array([[0.9, 0.1], [0.1, 0.9]]), np.array([[0.1, 0.9], [0.9, 0.1]])
    assert mixed(labels, right, wrong)[1] == 0
    assert mixed(labels, wrong, right)[1] == 1
    mix, share = mixed(labels, np.array([[0.9, 0.1], [0.6, 0.4]]), right[:, ::-1][::-1])
    assert share == 1
    assert mix.tolist() == right.tolist()
