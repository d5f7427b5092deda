"""Logistic regression by folds: the floor of the ladder, and a spatial head of a few lines."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from practical_dl.images.folds.fold_predictions import FoldPredictions
from practical_dl.job.runtime import Log

ITERATIONS = 300
FLOOR_STRENGTH = 1.0


def region_means(maps: Sequence[NDArray[Any]], count: int) -> list[NDArray[np.float32]]:
    """Means over `count` x `count` regions of each of the `maps` (n, h, w, c): (n, regions * c).

    Regions are as even as can be, and no smaller than a location. All are scaled alike, the first
    to a deviation of one.
    """
    height, width = maps[0].shape[1:3]
    rows = np.array_split(np.arange(height), min(count, height))
    columns = np.array_split(np.arange(width), min(count, width))
    means = [
        np.concatenate([_mean(part, row, column) for row in rows for column in columns], axis=1)
        for part in maps
    ]
    deviation = means[0].std()
    return [part / deviation for part in means]


def _mean(maps: NDArray[Any], rows: NDArray[Any], columns: NDArray[Any]) -> NDArray[np.float32]:
    region = maps[:, rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    mean: NDArray[np.float32] = region.mean((1, 2), dtype=np.float32)
    return mean


def fit_linear_folds(
    features: NDArray[Any],
    labels: NDArray[np.int64],
    fold: NDArray[np.int64],
    test: NDArray[Any],
    strength: float,
    log: Log,
) -> FoldPredictions:
    """scikit-learn's logistic regression of `features` (n, d), trained by folds.

    `strength` is its C, the inverse of the penalty on the squared weights. At most 300 iterations:
    on ten thousand rows the scores have settled long before it has converged.
    """
    classes = int(labels.max()) + 1
    folds = np.unique(fold)
    out, of_test = np.zeros((1, len(labels), classes)), np.zeros((1, len(test), classes))
    for number in log.track(folds, len(folds), "folds"):
        training = fold != number
        model = LogisticRegression(C=strength, max_iter=ITERATIONS)
        model.fit(features[training], labels[training])
        out[0][np.ix_(~training, model.classes_)] = model.predict_proba(features[~training])
        if len(test):
            of_test[0][:, model.classes_] += model.predict_proba(test) / len(folds)
    return FoldPredictions(out, out, of_test)
