"""Optimizers compared on a few ratings: keys, constant prediction, and one fit."""

import io

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("keras")

from practical_dl.job.runtime import Log
from practical_dl.movies.models.optimizer_trials import RatingTrials
from practical_dl.training.trials import trials


@pytest.fixture(scope="module")
def few() -> RatingTrials:
    rng = np.random.default_rng(0)
    pairs = [(user, movie) for user in range(6) for movie in range(5)]
    ratings = pd.DataFrame(pairs, columns=["user_id", "movie_id"])
    ratings["rating"] = rng.integers(1, 6, len(ratings)).astype(float)
    log = Log("test", io.StringIO(), io.StringIO())
    settings = {"factors": 2, "l2": 0.001, "batch_size": 8}
    return RatingTrials(ratings[:18], ratings[18:24], ratings[24:], (1.0, 5.0), settings, log)


def test_the_constant_prediction_is_the_mean_of_the_ratings_that_train(few: RatingTrials) -> None:
    scored = few.scored()
    assert scored.keys["id"].tolist() == ["4:4", *(f"5:{movie}" for movie in range(5))]
    assert set(scored.keys["group"]) == {"4", "5"}
    expected = (few.valid["rating"] - few.train["rating"].mean()) ** 2
    np.testing.assert_array_equal(scored.constant, expected)


def test_a_fit_has_one_squared_error_per_scored_rating(few: RatingTrials) -> None:
    trained = few.fit(next(trials(3, 0.01)), 1, None)
    assert trained.losses.shape == (len(few.valid),)
    assert (trained.losses <= 16).all()
    again = few.fit(next(trials(3, 0.01)), 1, trained.model)
    np.testing.assert_array_equal(again.losses, trained.losses)
