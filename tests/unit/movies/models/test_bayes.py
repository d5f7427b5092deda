from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import root_mean_squared_error

from practical_dl.movies.models.bayes import VARIANTS, Average, Sampling, fit_variant
from practical_dl.movies.models.bias import fit_bias, predict_bias
from practical_dl.movies.models.catalogue import make_catalogue, number_periods, number_sittings
from practical_dl.movies.models.content import fit_content
from practical_dl.movies.models.gibbs import Chain
from practical_dl.movies.models.priors import Prior, draw_wishart
from practical_dl.movies.models.side_information import (
    content_values,
    decompose,
    rated_table,
    shuffled_content,
)
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


def test_a_prior_learns_what_features_explain() -> None:
    rng = np.random.default_rng(0)
    table = rng.integers(0, 2, (300, 3)).astype(float)
    theta = table @ np.array([[1.0, 0.0], [0.0, -1.0], [0.5, 0.5]]) + rng.normal(0, 0.1, (300, 2))
    prior = Prior(300, 2, [decompose(table, 10)])
    for _ in range(50):
        prior.update(theta, rng)
    assert np.abs(prior.mean() - theta).mean() < 0.15
    assert np.sqrt(1 / np.diag(prior.precision)) == pytest.approx([0.1, 0.1], abs=0.05)


def test_wishart_draws_have_the_mean_of_the_distribution() -> None:
    rng = np.random.default_rng(0)
    scatter = np.array([[2.0, 0.5], [0.5, 1.0]])
    mean = np.mean([draw_wishart(10, scatter, rng) for _ in range(20_000)], axis=0)
    np.testing.assert_allclose(mean, 10 * np.linalg.inv(scatter), rtol=0.02)


def test_features_are_what_their_decomposition_says() -> None:
    table = np.array([[1.0, 0, 1], [0, 1, 1], [1, 1, 0], [0, 0, 0]])
    whole = decompose(table, 10)
    np.testing.assert_allclose(whole.left * whole.singular @ whole.right, table, atol=1e-12)
    assert len(decompose(table, 2).singular) == 2
    assert decompose(np.zeros((4, 0)), 5).left.shape == (4, 0)


def test_equal_singular_values_are_cut_alike_each_time() -> None:
    years = np.eye(30)[np.arange(60) % 30]
    first, again = (decompose(years, 10) for _ in range(2))
    assert len(first.singular) == 10
    assert (first.left == again.left).all()


def test_who_rated_what_has_rows_of_length_one() -> None:
    table = rated_table(np.array([0, 0, 2]), np.array([1, 3, 0]), (3, 4)).toarray()
    half = np.sqrt(0.5)
    np.testing.assert_allclose(table, [[0, half, 0, half], [0, 0, 0, 0], [1, 0, 0, 0]])


def test_shuffled_content_gives_whole_rows_to_other_movies() -> None:
    movies = make_demo(5, 30, 40, 0).movies
    shuffled = shuffled_content(movies, 0)
    assert (shuffled["movie_id"] == movies["movie_id"]).all()
    rows = [
        sorted(zip(table["genres"], table["year"], strict=True)) for table in (movies, shuffled)
    ]
    assert rows[0] == rows[1]
    assert (shuffled["genres"] != movies["genres"]).sum() > 15


def test_content_values_are_one_genres_and_decade() -> None:
    movies = pd.DataFrame({"genres": ["War|Drama", "", "Drama"], "year": [1994, None, 1987]})
    movies["year"] = movies["year"].astype("Int64")
    # one; Drama, War; unknown year, 1980s, 1990s
    assert content_values(movies, 10).tolist() == [
        [1, 1, 1, 0, 0, 1],
        [1, 0, 0, 1, 0, 0],
        [1, 1, 0, 0, 1, 0],
    ]


def test_a_sitting_is_a_user_s_day_and_periods_are_equally_full() -> None:
    day = 86_400
    ratings = pd.DataFrame({"user_id": [1, 1, 2, 1], "timestamp": [5, day - 1, 5, day]})
    assert number_sittings(ratings).tolist() == [0, 0, 1, 2]
    times = np.arange(100)
    assert np.bincount(number_periods(times, times, 4)).tolist() == [25, 25, 25, 25]
    assert number_periods(np.array([-5, 1000]), times, 4).tolist() == [0, 3]


def test_the_catalogue_numbers_users_and_all_movies_by_id() -> None:
    ratings = pd.DataFrame({"user_id": [9, 4, 9], "movie_id": [30, 10, 10]})
    movies = pd.DataFrame({"movie_id": [30, 20, 10]})
    catalogue = make_catalogue(ratings, movies)
    assert catalogue.users_of(ratings).tolist() == [1, 0, 1]
    assert catalogue.movies_of(ratings).tolist() == [2, 0, 0]
    assert catalogue.movie_ids.tolist() == [10, 20, 30]
