import numpy as np
import pytest
from tests.unit.movies.ranking.models.hand import hand_made, random_table

from practical_dl.movies.ranking.models.ease import fit_ease, most_rated
from practical_dl.movies.ranking.models.interactions import Interactions


def least_squares(train: Interactions, movie: int, ridge: float, strength: float) -> np.ndarray:
    """The weights of all other movies for one, by its own ridge regression."""
    table = train.table(strength).toarray()
    others = np.delete(table, movie, axis=1)
    gram = others.T @ others + ridge * np.eye(others.shape[1])
    return np.insert(np.linalg.solve(gram, others.T @ table[:, movie]), movie, 0)


@pytest.mark.parametrize("size", [(30, 8), (8, 30)])
@pytest.mark.parametrize("strength", [0.0, 0.4])
def test_weights_are_regressions_of_each_movie_on_all_others(
    size: tuple[int, int], strength: float
) -> None:
    train = random_table(*size, 0)
    model = fit_ease(train, 3.0, strength, 100)
    every = np.arange(size[1])
    weights = model.of_pairs(every, every)
    for movie in (0, 5):
        assert weights[:, movie] == pytest.approx(least_squares(train, movie, 3.0, strength))
    unrated = ~train.rated()
    expected = train.table(strength).toarray() @ weights
    assert model.scores(train)[unrated] == pytest.approx(expected[unrated])


def test_two_movies_by_hand() -> None:
    # Movies 0 and 1 are rated by the same two users: the weight is 2 / (2 + ridge).
    model = fit_ease(hand_made(), 2.0, 0.0, 2)
    assert model.kept.tolist() == [0, 1]
    assert model.of_pairs(np.array([0]), np.array([1]))[0, 0] == pytest.approx(0.5)


def test_movies_that_are_not_kept_score_nothing_and_have_no_weights() -> None:
    train = hand_made()
    model = fit_ease(train, 2.0, 0.0, 2)
    assert (model.scores(train)[:, 2:] == 0).all()
    assert (model.of_pairs(np.array([0, 2]), np.array([2, 3])) == 0).all()


def test_the_most_rated_come_first_and_those_without_ratings_never() -> None:
    assert most_rated(np.array([3, 0, 5, 3, 1]), 3).tolist() == [0, 2, 3]
    assert most_rated(np.array([3, 0]), 5).tolist() == [0]


def test_a_user_without_ratings_has_equal_scores() -> None:
    train = hand_made()
    assert (fit_ease(train, 2.0, 0.0, 4).scores(train.rows(np.array([3]))) == 0).all()
