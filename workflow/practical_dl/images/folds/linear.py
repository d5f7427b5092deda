"""Logistic regression by folds: the floor of the ladder, and a spatial head of a few lines."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from practical_dl.images.features.reduced import region_means
from practical_dl.images.folds.folded import FoldPredictions
from practical_dl.job.runtime import Log

ITERATIONS = 300
FLOOR_C = 1.0
REGIONS = ("plain", "centred")


def linear_inputs(
    read: Callable[[str], tuple[NDArray[Any], NDArray[Any]]], regions: int, strength: float
) -> Iterator[tuple[NDArray[Any], NDArray[Any], float]]:
    """Features (n, d) of labelled and (m, d) of test pictures, and C, of each linear model.

    The average-pooled features, then means of `regions` x `regions` of the maps of REGIONS, of
    which C is `strength`. `read` gives an array of reduced features by its name, of both parts.
    """
    yield *read("average"), FLOOR_C
    for name in REGIONS:
        maps, test_maps = read(name)
        of_labelled, of_test = region_means([maps, test_maps], regions)
        yield of_labelled, of_test, strength


def fit_linear_folds(
    features: NDArray[Any],
    labels: NDArray[np.int64],
    fold: NDArray[np.int64],
    test: NDArray[Any],
    penalty_c: float,
    log: Log,
) -> FoldPredictions:
    """scikit-learn's logistic regression of `features` (n, d), trained by folds.

    `penalty_c` is its C, the inverse of the penalty on the squared weights. At most 300 iterations:
    on ten thousand rows the scores have settled long before it has converged.
    """
    classes = int(labels.max()) + 1
    folds = np.unique(fold)
    out, of_test = np.zeros((1, len(labels), classes)), np.zeros((1, len(test), classes))
    for number in log.track(folds, len(folds), "folds"):
        training = fold != number
        model = LogisticRegression(C=penalty_c, max_iter=ITERATIONS)
        model.fit(features[training], labels[training])
        out[0][np.ix_(~training, model.classes_)] = model.predict_proba(features[~training])
        if len(test):
            of_test[0][:, model.classes_] += model.predict_proba(test) / len(folds)
    return FoldPredictions(out, out, of_test)
