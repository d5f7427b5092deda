import numpy as np
import pytest
from tests.unit.movies.ranking.models.hand import hand_made

from practical_dl.movies.ranking.models.controls import RandomOrder
from practical_dl.movies.ranking.models.expected_stars import ExpectedStars, rated_times_stars
from practical_dl.movies.ranking.models.interactions import Interactions
from practical_dl.movies.ranking.models.popularity import fit_popularity
from practical_dl.movies.recommender.factors import Library
from practical_dl.movies.recommender.folding import expected_by_ratings


def test_the_most_rated_come_first_for_everybody() -> None:
    scores = fit_popularity(hand_made()).scores(hand_made())
    assert scores[0].tolist() == scores[2].tolist() == pytest.approx([np.log(3)] * 3 + [0])


def test_a_random_order_is_another_one_for_each_user() -> None:
    scores = RandomOrder(np.random.default_rng(0)).scores(hand_made())
    assert scores.shape == (4, 4)
    assert len(np.unique(scores)) == 16


def test_stars_are_those_of_ratings_folded_in_and_seen_movies_say_nothing(
    library: Library, interactions: Interactions
) -> None:
    rows = interactions.rows(np.array([4]))
    rated = library.rated_by == 4
    order = np.argsort(library.rated_movie[rated])
    movies, stars = library.rated_movie[rated][order], library.rated_stars[rated][order]
    expected = expected_by_ratings(library.factors, movies, stars).stars
    assert ExpectedStars(library.factors).scores(rows)[0] == pytest.approx(expected)
    seen = Interactions(
        np.array([0, 2]), np.array([3, 5]), np.array([np.nan, 4.0]), 80, 3.0, (0.5, 5.0)
    )
    alone = expected_by_ratings(library.factors, np.array([5]), np.array([4.0])).stars
    assert ExpectedStars(library.factors).scores(seen)[0] == pytest.approx(alone)


def test_a_probability_is_cut_to_zero_and_one() -> None:
    found = rated_times_stars(np.array([-0.2, 0.5, 1.3]), np.array([4.0, 4.0, 3.0]))
    assert found.tolist() == [0, 2, 3]
