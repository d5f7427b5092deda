import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import root_mean_squared_error

from practical_dl.movies.models.bias import (
    best_shrinkages,
    compare_shrinkages,
    fit_bias,
    predict_bias,
)
from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.ratings.sources import read_ratings
from practical_dl.movies.ratings.splits import assign_roles, drawn_rows, ratings_of


def table(*rows: tuple[int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"])


def test_biases_of_movies_alone_are_shrunk_means() -> None:
    # Users shrunk to nothing: movie 10 is 0.5 and 0.5 above the mean 3, so 1 / (2 + 3) = 0.2.
    ratings = table((1, 10, 3.5), (2, 10, 3.5), (1, 20, 2.0))
    model = fit_bias(ratings, user_shrinkage=1e12, movie_shrinkage=3)
    assert model.mean == 3.0
    assert model.movie_bias.to_dict() == pytest.approx({10: 0.2, 20: -0.25})
    assert model.user_bias.to_dict() == pytest.approx({1: 0.0, 2: 0.0}, abs=1e-9)


@given(st.integers(0, 10_000), st.floats(0.5, 10), st.floats(0.5, 10))
def test_the_fit_is_the_ridge_solution(
    seed: int, user_shrinkage: float, movie_shrinkage: float
) -> None:
    ratings = make_demo(6, 5, 20, seed).ratings
    model = fit_bias(ratings, user_shrinkage, movie_shrinkage)
    users = pd.get_dummies(ratings["user_id"], dtype=float)
    movies = pd.get_dummies(ratings["movie_id"], dtype=float)
    design = np.hstack([users, movies])
    ridge = np.diag([user_shrinkage] * users.shape[1] + [movie_shrinkage] * movies.shape[1])
    target = ratings["rating"] - ratings["rating"].mean()
    exact = np.linalg.solve(design.T @ design + ridge, design.T @ target)
    found = np.concatenate([model.user_bias, model.movie_bias])
    np.testing.assert_allclose(found, exact, atol=2e-3)


def test_what_was_never_rated_has_no_bias() -> None:
    model = fit_bias(table((1, 10, 4.0), (1, 20, 2.0), (2, 10, 5.0)), 1, 1)
    new = table((9, 10, 0), (1, 99, 0), (9, 99, 0), (2, 10, 0))
    user, movie = model.user_bias, model.movie_bias
    expected = [model.mean + movie[10], model.mean + user[1], model.mean]
    assert predict_bias(model, new).tolist() == [*expected, model.mean + user[2] + movie[10]]


def test_shrinkages_are_scored_on_rows_held_out_of_training() -> None:
    train = make_demo(40, 30, 600, 0).ratings
    scores = compare_shrinkages(train, seed=7).set_index(["user_shrinkage", "movie_shrinkage"])
    kept = drawn_rows(len(train), 0.9, 7)
    inner, held_out = train[kept], train[~kept]
    for pair in ((8.0, 2.0), (0.5, 16.0)):
        predicted = predict_bias(fit_bias(inner, *pair), held_out)
        expected = np.sqrt(np.mean((predicted - held_out["rating"]) ** 2))
        assert scores.loc[pair, "inner_rmse"] == pytest.approx(expected)


def test_the_lowest_inner_rmse_wins_and_the_first_of_equals() -> None:
    scores = pd.DataFrame(
        {
            "user_shrinkage": [1.0, 2.0, 3.0, 7.0],
            "movie_shrinkage": [4.0, 5.0, 6.0, 8.0],
            "inner_rmse": [0.9, 0.8, 0.8, 1.0],
        }
    )
    assert best_shrinkages(scores) == (2.0, 5.0)


def test_the_baseline_reaches_the_public_figure_on_the_real_ratings() -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    ratings = read_ratings(Path(os.environ["PRACTICAL_DL_DATA"]) / "ml-latest-small")
    split = assign_roles(ratings, 0.8, 42)
    train, valid = (ratings_of(role, ratings, split) for role in ("train", "valid"))
    shrinkages = best_shrinkages(compare_shrinkages(train, 0))
    predicted = predict_bias(fit_bias(train, *shrinkages), valid).clip(0.5, 5)
    # Surprise's tuned BaselineOnly: 0.8715 on the same rows.
    assert root_mean_squared_error(valid["rating"], predicted) == pytest.approx(0.8712, abs=5e-4)
