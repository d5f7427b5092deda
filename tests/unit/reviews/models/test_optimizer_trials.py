"""Optimizers compared on a few reviews: which are drawn, their keys, and one fit."""

import io

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("keras")

from practical_dl.job.runtime import Log
from practical_dl.reviews.models.data import ReviewData
from practical_dl.reviews.models.optimizer_trials import ReviewTrials, drawn
from practical_dl.training.trials import trials

SETTINGS = {"vocabulary": 20, "length": 12, "batch_size": 4}


@pytest.fixture(scope="module")
def data() -> ReviewData:
    """Thirty reviews of as many films, ten of each role."""
    numbers = np.arange(30)
    reviews = pd.DataFrame(
        {
            "review_id": [f"r{number}" for number in numbers],
            "group": [f"f{number}" for number in numbers],
            "label": numbers % 2,
        }
    )
    tokens = np.random.default_rng(0).integers(1, 20, (30, 12)).astype(np.int32)
    return ReviewData(reviews, np.repeat(["train", "valid", "test"], 10), tokens)


def test_as_many_of_each_role_are_drawn_at_random(data: ReviewData) -> None:
    few = drawn(data, 4, seed=1)
    assert few.roles.tolist() == ["train"] * 4 + ["valid"] * 4 + ["test"] * 4
    assert set(few.table("test")["review_id"]) < {f"r{number}" for number in range(20, 30)}
    assert few.reviews["review_id"].tolist() != drawn(data, 4, seed=2).reviews["review_id"].tolist()
    assert len(drawn(data, 100, seed=1).roles) == 30


def test_a_fit_has_one_loss_per_test_review(data: ReviewData) -> None:
    few = ReviewTrials(data, SETTINGS, Log("test", io.StringIO(), io.StringIO()))
    scored = few.scored()
    assert scored.keys["id"].tolist() == [f"r{number}" for number in range(20, 30)]
    assert scored.constant == pytest.approx(np.log(2))
    trained = few.fit(next(trials(3, 0.01)), 1, None)
    assert trained.losses.shape == (10,)
    again = few.fit(next(trials(3, 0.01)), 1, trained.model)
    np.testing.assert_array_equal(again.losses, trained.losses)
