"""The experiments on a tiny sample: which trainings there are, and that none depends on others."""

import io

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.sample.experiments import (
    compare_statistics,
    fit_baseline,
    fit_rate_lesson,
    rising_rates,
)
from practical_dl.images.sample.fitting import Compiled
from practical_dl.images.sample.store import SamplePictures
from practical_dl.job.runtime import Log
from practical_dl.training.recipe import Recipe

pytest.importorskip("tensorflow")
LOG = Log("test", io.StringIO(), io.StringIO())
RECIPE = Recipe([[1, 0.01]], 8)


@pytest.fixture(scope="module")
def sample() -> SamplePictures:
    rows = pd.DataFrame(
        {
            "image_id": [f"{number:02}.jpg" for number in range(24)],
            "label": [0, 1] * 12,
            "group": np.repeat(["a", "b", "c", "d"], 6),
            "grouped": ["train"] * 18 + ["valid"] * 6,
            "random": ["valid"] * 6 + ["train"] * 18,
        }
    )
    pictures = np.random.default_rng(0).integers(0, 256, (24, 28, 28, 3)).astype(np.uint8)
    return SamplePictures(pictures, rows, ("c0", "c1"))


def test_a_training_does_not_depend_on_those_before_it(sample: SamplePictures) -> None:
    compiled: Compiled = {}
    fit_baseline(sample, "linear", RECIPE, 0.3, [5], compiled, LOG)
    schedules = {"at_once": [[1, 0.1]], "low_first": [[1, 0.001]]}
    after = fit_rate_lesson(sample, schedules, 8, [1, 2], compiled, LOG)
    alone = fit_rate_lesson(sample, schedules, 8, [1, 2], {}, LOG)
    assert len(compiled) == 1
    pd.testing.assert_frame_equal(after.runs, alone.runs)
    pd.testing.assert_frame_equal(after.history, alone.history)
    assert alone.runs.groupby(["setting", "seed"]).size().tolist() == [6] * 4


def test_a_baseline_is_trained_by_both_splits(sample: SamplePictures) -> None:
    trained = fit_baseline(sample, "linear", RECIPE, 0.3, [1], {}, LOG)
    held_out = trained.runs.groupby("setting")["id"].agg(list).to_dict()
    assert held_out["grouped"] == [f"{number:02}.jpg" for number in range(18, 24)]
    assert held_out["random"] == [f"{number:02}.jpg" for number in range(6)]
    assert "inner_accuracy" in trained.history
    assert trained.parameters > 28 * 28 * 3 * 2


def test_rates_rise_and_statistics_come_in_pairs(sample: SamplePictures) -> None:
    ranges = rising_rates(sample, ["linear"], 0.001, 0.01, 4, 8, 1, LOG)
    assert ranges["model"].tolist() == ["linear"] * len(ranges)
    assert ranges["rate"].is_monotonic_increasing
    scores = compare_statistics(sample, "linear", RECIPE, [1, 2], LOG)
    assert scores.groupby(["seed", "epoch"]).size().tolist() == [2, 2]
