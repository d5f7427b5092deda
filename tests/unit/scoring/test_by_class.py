"""Scores by class, against hand-computed values and scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import f1_score, precision_score, recall_score

from practical_dl.scoring.by_class import class_table, confusion_counts, macro_f1, of_both

LABELS = np.array([0, 0, 0, 1, 1, 2])
CALLED = np.array([0, 0, 1, 1, 2, 2])
SAID = np.eye(3)[CALLED]


def test_both_probabilities_of_two_classes() -> None:
    assert of_both(np.array([0.25, 1.0])).tolist() == [[0.75, 0.25], [0.0, 1.0]]


def test_which_class_is_taken_for_which() -> None:
    assert confusion_counts(LABELS, SAID).tolist() == [[2, 1, 0], [0, 1, 1], [0, 0, 1]]


def test_scores_of_each_class_by_hand() -> None:
    table = class_table(LABELS, [SAID], ["a", "b", "c"]).set_index("class")
    assert table["n"].tolist() == [3, 2, 1]
    assert table["precision"].tolist() == [1, 1 / 2, 1 / 2]
    assert table["recall"].tolist() == [2 / 3, 1 / 2, 1]
    assert table["f1"].tolist() == pytest.approx([4 / 5, 1 / 2, 2 / 3])


def test_scores_are_those_of_scikit_learn_and_means_over_trainings() -> None:
    rng = np.random.default_rng(0)
    labels, trainings = rng.integers(0, 4, 300), [rng.random((300, 4)) for _ in range(2)]
    trainings = [said + 0.3 * np.eye(4)[labels] for said in trainings]
    table = class_table(labels, trainings, list("abcd"))
    for name, score in (("precision", precision_score), ("recall", recall_score), ("f1", f1_score)):
        expected = [score(labels, said.argmax(axis=1), average=None) for said in trainings]
        np.testing.assert_allclose(table[name], np.mean(expected, axis=0))
    found = macro_f1(labels, trainings, np.arange(300), 1)
    assert found.value == pytest.approx(table["f1"].mean())
    assert found.low < found.value < found.high


def test_the_interval_of_macro_f1_resamples_whole_groups() -> None:
    alone = macro_f1(np.tile(LABELS, 20), [np.tile(SAID, (20, 1))], np.arange(120), 1)
    twins = macro_f1(np.tile(LABELS, 20), [np.tile(SAID, (20, 1))], np.tile(np.arange(6), 20), 1)
    assert twins.high - twins.low > 2 * (alone.high - alone.low)


def test_a_class_that_was_never_given_counts_as_nothing_found() -> None:
    table = class_table(np.array([0, 1, 1]), [np.eye(2)[[0, 0, 0]]], ["a", "b"])
    assert table[["precision", "recall", "f1"]].iloc[1].tolist() == [0, 0, 0]
    assert macro_f1(np.array([0, 1, 1]), [np.eye(2)[[0, 0, 0]]], np.arange(3), 1).value == 0.25
