import numpy as np
import pandas as pd
import pytest

from practical_dl.movies.models.catalogue import Catalogue
from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.recommender.factors import Factors, Library
from practical_dl.movies.recommender.fitting import fit_library
from practical_dl.movies.recommender.learned import (
    aligned_factors,
    describe,
    liking_table,
    most_rated,
    neighbours,
    principal_components,
)


@pytest.fixture
def library() -> Library:
    """Two samples that differ by a turn of the factors, four movies, three users."""
    rng = np.random.default_rng(0)
    movies, users = rng.normal(size=(4, 3)), rng.normal(size=(3, 3))
    turn = np.array([[0.0, 1.0], [-1.0, 0.0]])
    turned = [np.hstack([table[:, :1], table[:, 1:] @ turn]) for table in (movies, users)]
    factors = Factors(
        mean=3.0,
        scale=np.array([0.5, 5.0]),
        movies=np.stack([movies, turned[0]]),
        users=np.stack([users, turned[1]]),
        centre=np.zeros((2, 3)),
        precision=np.stack([np.eye(3)] * 2),
        rated=np.zeros((2, 4, 3)),
        noise=np.ones(2),
        user_precisions=np.ones((2, 3)),
    )
    films = pd.DataFrame(
        {"movie_id": [10, 20, 30, 40], "title": list("abcd"), "genres": "", "year": 1990}
    )
    rated = np.array([1, 1, 1, 2, 2, 0])
    stars = np.array([5.0, 4.0, 3.0, 1.0, 2.0, 3.0])
    return Library(factors, Catalogue(np.arange(3), films), np.zeros(6, int), rated, stars)


def test_liking_is_what_the_average_user_would_give(library: Library) -> None:
    among = most_rated(library, 10)
    assert among.tolist() == [1, 2, 0]
    table = liking_table(library, among).set_index("title")
    movies, users = library.factors.movies[0], library.factors.users[0]
    grid = users[:, :1] + movies[:, 0] + users[:, 1:] @ movies[:, 1:].T
    for place, title in enumerate("abc"):
        assert table.loc[title, "bias"] == pytest.approx(grid.mean(axis=0)[place])
    # The mean of all ratings is 3: movie b has 5, 4, 3; movie c has 1, 2.
    assert table.loc["b", "plain_mean"] == pytest.approx(1.0)
    assert table.loc["c", "plain_mean"] == pytest.approx(-1.5)
    assert table["ratings"].to_dict() == {"a": 1, "b": 3, "c": 2}


def test_samples_that_differ_by_a_turn_average_to_one_of_them(library: Library) -> None:
    factors = aligned_factors(library, np.arange(4))
    movies, users = library.factors.movies[0, :, 1:], library.factors.users[0, :, 1:]
    scaled = movies @ np.linalg.cholesky(np.cov(users, rowvar=False))
    np.testing.assert_allclose(factors @ factors.T, scaled @ scaled.T, atol=1e-9)


def test_components_have_the_variance_and_a_fixed_sign() -> None:
    rng = np.random.default_rng(1)
    factors = rng.normal(size=(50, 3)) * [3.0, 1.0, 0.2]
    places, shares = principal_components(factors)
    values = np.linalg.eigvalsh(np.cov(factors, rowvar=False))[::-1]
    np.testing.assert_allclose(shares, values / values.sum())
    np.testing.assert_allclose(places.var(axis=0, ddof=1), values)
    assert (places.max(axis=0) >= -places.min(axis=0)).all()
    np.testing.assert_allclose(np.abs(principal_components(-factors)[0]), np.abs(places))


def test_neighbours_are_by_angle() -> None:
    factors = np.array([[1.0, 0.0], [5.0, 0.5], [0.0, 1.0], [-1.0, 0.0]])
    assert neighbours(factors, 2).tolist() == [[1, 2], [0, 2], [1, 0], [2, 1]]


def test_users_fewer_than_factors_have_factors_too() -> None:
    demo = make_demo(3, 40, 100, 0)
    scale = (0.5, 5.0)
    library = fit_library(demo.ratings, demo.movies, 6, 2, 4, 20, kept=2, seed=0, scale=scale)
    learned = describe(library, 20)
    assert np.isfinite(learned.components.filter(like="component").to_numpy()).all()
    assert np.isfinite(learned.shares).all()


def test_the_description_counts_the_rated_and_keeps_the_most_rated() -> None:
    demo = make_demo(30, 40, 600, 0)
    scale = (0.5, 5.0)
    library = fit_library(demo.ratings, demo.movies, 2, 2, 4, 20, kept=2, seed=0, scale=scale)
    learned = describe(library, 25)
    assert learned.rated == demo.ratings["movie_id"].nunique()
    assert len(learned.liking) == len(learned.components) == 25
    assert learned.nearest.shape == (20, 2 + 5)
    assert learned.shares.sum() <= 1 + 1e-9
