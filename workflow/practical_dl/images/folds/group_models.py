"""One model per driver, averaged: the lesson tried it and gave it up."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from practical_dl.images.folds.linear import ITERATIONS
from practical_dl.job.runtime import Log


def group_model_predictions(
    features: NDArray[Any],
    labels: NDArray[np.int64],
    groups: NDArray[Any],
    fold: NDArray[np.int64],
    penalty_c: float,
    log: Log,
) -> NDArray[np.float64]:
    """Probabilities (n, classes) of each row: the mean of the other folds' groups' models.

    A model is scikit-learn's logistic regression of `features` (n, d) of one group; `penalty_c` is
    its C. A class that a group lacks has no chance with it; a group of one class has no model.
    """
    classes = int(labels.max()) + 1
    total, models = np.zeros((len(labels), classes)), np.zeros(len(labels))
    names = pd.unique(groups)
    for name in log.track(names, len(names), "groups"):
        own = groups == name
        if len(np.unique(labels[own])) < 2:
            continue
        others = ~np.isin(fold, fold[own])
        model = LogisticRegression(C=penalty_c, max_iter=ITERATIONS)
        model.fit(features[own], labels[own])
        total[np.ix_(others, model.classes_)] += model.predict_proba(features[others])
        models[others] += 1
    return total / models[:, None]
