"""Trainings with the chosen augmentation, on a few pictures of two classes."""

import io

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.augmentation.fitting import Base, fit_curves, fit_with_and_without
from practical_dl.images.sample.store import SamplePictures
from practical_dl.job.runtime import Log
from practical_dl.training.recipe import Recipe

pytest.importorskip("tensorflow")
LOG = Log("test", io.StringIO(), io.StringIO())
SCHEDULE = [[1, 0.01]]


@pytest.fixture(scope="module")
def sample() -> SamplePictures:
    rows = pd.DataFrame(
        {
            "image_id": [f"{number:02}.jpg" for number in range(24)],
            "label": [0, 1] * 12,
            "group": np.repeat(["a", "b", "c", "d"], 6),
            "grouped": ["train"] * 18 + ["valid"] * 6,
            "random": ["train"] * 18 + ["valid"] * 6,
        }
    )
    pictures = np.random.default_rng(0).integers(0, 256, (24, 28, 28, 3)).astype(np.uint8)
    return SamplePictures(pictures, rows, ("c0", "c1"))


def test_the_control_is_trained_on_the_same_rows(sample: SamplePictures) -> None:
    recipe = Recipe(SCHEDULE, 8)
    runs, history = fit_with_and_without(sample, {"flip": 0.5}, recipe, 0.3, [1, 2], {}, LOG)
    assert runs.groupby(["setting", "seed"]).size().to_dict() == {
        ("augmented", 1): 6,
        ("augmented", 2): 6,
        ("none", 1): 6,
        ("none", 2): 6,
    }
    assert list(history.groupby(["setting", "seed"], sort=False).groups) == [
        ("none", 1),
        ("none", 2),
        ("augmented", 1),
        ("augmented", 2),
    ]


def test_a_curve_is_the_same_beside_others(sample: SamplePictures) -> None:
    base = Base(10, 1, SCHEDULE, 8, {})
    alone = fit_curves(sample, {"pictures": [0.5, 1.0]}, base, [1], {}, LOG)
    axes = {"shrink": [1.0], "pictures": [1.0, 0.5]}
    beside = fit_curves(sample, axes, base, [1], {}, LOG)
    assert list(beside) == ["shrink", "pictures"]
    pd.testing.assert_frame_equal(alone["pictures"], beside["pictures"])
    base_point = alone["pictures"][alone["pictures"]["setting"] == "1.0"]
    assert np.array_equal(base_point.iloc[:, 2:], beside["shrink"].iloc[:, 2:])
