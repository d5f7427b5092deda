"""One model a group: what it is averaged from, and what a group lacks."""

from io import StringIO

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from practical_dl.images.folds.group_models import group_model_predictions
from practical_dl.images.folds.linear import ITERATIONS
from practical_dl.job.runtime import Log


def test_a_row_gets_the_mean_of_the_models_of_other_folds() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(60, 3))
    labels = np.arange(60) % 3
    groups = np.repeat(np.array(["a", "b", "c", "d"], dtype=object), 15)
    fold = np.repeat([0, 0, 1, 1], 15)
    labels[:15] %= 2  # group a has the first two classes only
    log = Log("test", StringIO(), StringIO())
    found = group_model_predictions(features, labels, groups, fold, 1.0, log)
    models = {
        name: LogisticRegression(C=1.0, max_iter=ITERATIONS).fit(
            features[groups == name], labels[groups == name]
        )
        for name in "abcd"
    }
    of_first = (models["c"].predict_proba(features) + models["d"].predict_proba(features)) / 2
    assert found[:30] == pytest.approx(of_first[:30])
    of_last = models["b"].predict_proba(features) / 2
    of_last[:, :2] += models["a"].predict_proba(features) / 2
    assert found[30:] == pytest.approx(of_last[30:])
