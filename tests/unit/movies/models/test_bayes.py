from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import root_mean_squared_error

from practical_dl.movies.models.bayes import VARIANTS, Average, Sampling, fit_variant
from practical_dl.movies.models.bias import fit_bias, predict_bias
from practical_dl.movies.models.content import fit_content
from practical_dl.movies.models.gibbs import Chain
from practical_dl.movies.ratings.demo import Demo, make_demo
from practical_dl.movies.ratings.splits import assign_roles, ratings_of

CHAIN = Chain(rank=4, burn_in=15, samples=25, seed=0)


@pytest.fixture(scope="module")
def demo() -> Demo:
    return make_demo(120, 200, 4_000, 3)


@pytest.fixture(scope="module")
def sides(demo: Demo) -> tuple[pd.DataFrame, pd.DataFrame]:
    split = assign_roles(demo.ratings, 0.8, 42)
    train, valid = (ratings_of(role, demo.ratings, split) for role in ("train", "valid"))
    return train, valid


def rmse(valid: pd.DataFrame, stars: np.ndarray) -> float:
    return float(root_mean_squared_error(valid["rating"], stars.clip(0.5, 5)))


def test_factors_beat_biases_and_content_beats_its_control(
    demo: Demo, sides: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    train, valid = sides
    found = {
        name: rmse(
            valid, fit_variant(VARIANTS[name], train, valid, demo.movies, Sampling(CHAIN)).stars
        )
        for name in ("bayes", "bayes_shuffled", "bayes_ratings")
    }
    biases = rmse(valid, predict_bias(fit_bias(train, 3, 3), valid))
    assert found["bayes"] < found["bayes_shuffled"] - 0.01
    assert found["bayes"] < biases - 0.05
    assert abs(found["bayes_shuffled"] - found["bayes_ratings"]) < 0.03


def test_the_stars_of_the_rows_asked_are_not_looked_at_and_threads_change_nothing(
    demo: Demo, sides: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    train, valid = sides
    short = Sampling(Chain(2, 1, 3, 0), chains=3)
    for name in ("bayes", "bayes_time"):
        one, other = (
            fit_variant(VARIANTS[name], train, rows, demo.movies, replace(short, threads=threads))
            for rows, threads in ((valid, 1), (valid.assign(rating=99.0), 2))
        )
        assert (one.stars == other.stars).all()
        assert (one.spread == other.spread).all()
        assert (one.spread > 0).all()


def test_content_alone_knows_more_than_the_mean(
    demo: Demo, sides: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    train, valid = sides
    mean = rmse(valid, np.full(len(valid), train["rating"].mean()))
    assert rmse(valid, fit_content(train, valid, demo.movies, CHAIN).stars) < mean - 0.05


def test_the_average_has_the_mean_and_both_sources_of_spread() -> None:
    average = Average()
    average.add(np.array([3.0]), np.array([1.0]))
    average.add(np.array([5.0]), np.array([2.0]))
    expected = average.expected()
    # mean 4; variance of the samples 1, mean noise 1.5
    assert expected.stars.tolist() == [4.0]
    assert expected.spread.tolist() == pytest.approx([np.sqrt(2.5)])


def test_averages_of_chains_join_sample_by_sample() -> None:
    parts = [Average(), Average()]
    for average, stars in zip(parts, ([3.0, 4.0, 8.0], [1.0]), strict=True):
        for value in stars:
            average.add(np.array([value]), np.array([0.5]))
    whole = Average()
    for part in parts:
        whole.take(part)
    # mean of 3, 4, 8, 1; their variance 6.5, and the noise
    assert whole.expected().stars.tolist() == [4.0]
    assert whole.expected().spread.tolist() == pytest.approx([np.sqrt(7.0)])


@pytest.mark.parametrize("odd", [0, 1])
def test_ratings_that_are_all_but_equal_are_predicted_as_what_they_are(odd: int) -> None:
    pairs = [(user, movie) for user in range(12) for movie in range(15)]
    train = pd.DataFrame(pairs, columns=["user_id", "movie_id"]).assign(rating=4.0, timestamp=0)
    train.loc[: odd - 1, "rating"] = 3.0
    train["timestamp"] = np.arange(len(train)) * 86_400
    movies = pd.DataFrame({"movie_id": range(15), "title": "x", "year": 1990, "genres": "Drama"})
    movies["year"] = movies["year"].astype("Int64")
    chain = Chain(3, 20, 60, 0)
    for variant in VARIANTS.values():
        expected = fit_variant(variant, train, train, movies, Sampling(chain, 2))
        assert np.abs(expected.stars[20:] - 4).max() < 0.3
        assert np.isfinite(expected.spread).all()
    content = fit_content(train, train, movies, chain)
    assert np.abs(content.stars[20:] - 4).max() < 0.3
    assert np.isfinite(content.spread).all()
