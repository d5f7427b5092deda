"""The floor of the ladder: logistic regression on average-pooled features, by folds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from practical_dl.images.fold_predictions import FoldPredictions
from practical_dl.runtime import Log

ITERATIONS = 300


def fit_linear_folds(
    features: NDArray[Any],
    labels: NDArray[np.int64],
    fold: NDArray[np.int64],
    test: NDArray[Any],
    log: Log,
) -> FoldPredictions:
    """scikit-learn's logistic regression (C = 1) of `features` (n, channels), trained by folds.

    At most 300 iterations: on ten thousand rows its scores have settled long before it has
    converged.
    """
    classes = int(labels.max()) + 1
    folds = np.unique(fold)
    out, of_test = np.zeros((1, len(labels), classes)), np.zeros((1, len(test), classes))
    for number in log.track(folds, len(folds), "folds"):
        training = fold != number
        model = LogisticRegression(C=1.0, max_iter=ITERATIONS)
        model.fit(features[training], labels[training])
        out[0][np.ix_(~training, model.classes_)] = model.predict_proba(features[~training])
        if len(test):
            of_test[0][:, model.classes_] += model.predict_proba(test) / len(folds)
    return FoldPredictions(out, of_test)
