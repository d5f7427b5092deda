"""Sizes as a second input help where they tell the class, and give nothing where they cannot."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.folds.meta_data import VARIANTS, fit_variants, size_columns
from practical_dl.images.pages.controls import meta_data_answer
from practical_dl.job.runtime import Log
from practical_dl.scoring.metrics import log_losses
from practical_dl.training.recipe import Recipe

pytest.importorskip("keras")

ROWS = 120
LABELS = np.arange(ROWS) % 2
FOLD = np.arange(ROWS) // 2 % 2


def fitted(columns: np.ndarray) -> dict[str, np.ndarray]:
    features = np.random.default_rng(0).normal(size=(ROWS, 4)).astype(np.float32)
    recipe = Recipe([[12, 0.01]], 20)
    log = Log("test", StringIO(), StringIO())
    return dict(fit_variants(features, columns, LABELS, FOLD, recipe, [0], log))


def predictions(values: np.ndarray) -> ClassPredictions:
    ids = np.array([str(row) for row in range(ROWS)], dtype=object)
    true = np.array([["a", "b"][label] for label in LABELS], dtype=object)
    return ClassPredictions(ids, ids, true, ("a", "b"), values)


def test_sizes_that_tell_the_class_help_and_shuffled_ones_do_not() -> None:
    rows = pd.DataFrame({"width": 400 + 200 * LABELS, "height": 300})
    columns = size_columns(rows)
    assert columns[:2, 0] == pytest.approx([-1, 1])
    assert (columns[:, 1] == 0).all()
    found = fitted(columns)
    losses = {name: log_losses(LABELS, found[name]).mean() for name in VARIANTS}
    assert losses["with"] < 0.3 < 0.5 < min(losses["without"], losses["shuffled"])
    models = {name: predictions(found[name].astype(np.float64)) for name in VARIANTS}
    answer = meta_data_answer(models, True, 0)
    assert "beside that without: better by 0." in answer
    assert "with sizes of other pictures: within the noise: " in answer


def test_one_size_gives_nothing_at_all() -> None:
    columns = size_columns(pd.DataFrame({"width": np.full(ROWS, 640), "height": 480}))
    assert (columns == 0).all()
    found = fitted(columns)
    assert np.array_equal(found["with"], found["without"])
    models = {name: predictions(found[name].astype(np.float64)) for name in VARIANTS}
    assert "gives the same answers" in meta_data_answer(models, False, 0)
