"""Logistic regression by folds."""

from io import StringIO

import numpy as np
import pytest

from practical_dl.images.folds.linear import fit_linear_folds
from practical_dl.job.runtime import Log


def test_every_fold_is_predicted_by_a_model_that_has_not_seen_it() -> None:
    rng = np.random.default_rng(1)
    labels = np.tile([0, 1], 30)
    fold = np.repeat([0, 1, 2], 20)
    features = labels[:, None] * 2.0 + rng.normal(0, 0.3, (60, 2))
    features[fold == 2] *= -1
    log = Log("test", StringIO(), StringIO())
    found = fit_linear_folds(features, labels, fold, features[:4], 1.0, log)
    right = found.out_of_fold[0].argmax(axis=1) == labels
    assert right[fold == 2].mean() < 0.6
    assert found.test[0].sum(axis=1) == pytest.approx(np.ones(4))
