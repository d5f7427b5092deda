"""Scores of more than two classes, class by class."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import DRAWS

Values = NDArray[np.float64]


def of_both(positive: Values) -> Values:
    """Probabilities (..., 2) of both classes from that of the second one (...)."""
    return np.stack([1 - positive, positive], axis=-1)


def confusion_counts(labels: NDArray[Any], probabilities: Values) -> Values:
    """How often each true class (row) was taken for each class (column): (classes, classes)."""
    classes = probabilities.shape[1]
    counts = np.zeros((classes, classes))
    np.add.at(counts, (labels, probabilities.argmax(axis=1)), 1)
    return counts


def class_table(
    labels: NDArray[Any], trainings: Sequence[Values], names: Sequence[str]
) -> pd.DataFrame:
    """A row per class: class, n (true rows), precision, recall and f1, means over the trainings.

    Args:
        trainings: of each the probabilities (n, classes).
    """
    counts = [confusion_counts(labels, found) for found in trainings]
    right = np.array([found.diagonal() for found in counts])
    taken, true = (np.array([found.sum(axis=axis) for found in counts]) for axis in (0, 1))
    return pd.DataFrame(
        {
            "class": list(names),
            "n": np.bincount(labels, minlength=len(names)),
            "precision": _share(right, taken).mean(axis=0),
            "recall": _share(right, true).mean(axis=0),
            "f1": _share(2 * right, taken + true).mean(axis=0),
        }
    )


def macro_f1(
    labels: NDArray[Any], trainings: Sequence[Values], groups: NDArray[Any], seed: int
) -> Interval:
    """Mean of the classes' F1 scores, mean over the trainings, its 95 % interval over `groups`.

    F1 of a class is twice its rows that were found over its true and its predicted rows; a class
    of which a draw has neither is left out.
    """
    codes, groups_found = pd.factorize(groups)
    drawn = _drawn_groups(len(groups_found), seed)
    values, draws = [], []
    for probabilities in trainings:
        sums = _sums_of_groups(labels, probabilities, codes, len(groups_found))
        values.append(_mean_f1(sums.sum(axis=0)))
        draws.append(np.array([_mean_f1(of_groups @ sums) for of_groups in drawn]))
    low, high = np.percentile(np.mean(draws, axis=0), [2.5, 97.5])
    return Interval(float(np.mean(values)), float(low), float(high))


def _drawn_groups(count: int, seed: int) -> list[NDArray[np.int64]]:
    """How often each group (groups,) is in each draw of as many groups with replacement."""
    rng = np.random.default_rng(seed)
    return [np.bincount(rng.integers(count, size=count), minlength=count) for _ in range(DRAWS)]


def _sums_of_groups(
    labels: NDArray[Any], probabilities: Values, codes: NDArray[Any], groups: int
) -> Values:
    """Of each group: rows by class that were found, and true and predicted: (groups, 2 * k)."""
    classes, chosen = probabilities.shape[1], probabilities.argmax(axis=1)
    sums = np.zeros((groups, 2 * classes))
    found = chosen == labels
    np.add.at(sums, (codes[found], labels[found]), 1)
    for column in (labels, chosen):
        np.add.at(sums, (codes, classes + column), 1)
    return sums


def _mean_f1(sums: Values) -> float:
    found, there = sums.reshape(2, -1)
    return float((2 * found[there > 0] / there[there > 0]).mean())


def _share(part: Values, whole: Values) -> Values:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
