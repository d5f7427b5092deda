import numpy as np
import pytest

from practical_dl.movies.ranking.models.blend import (
    Least,
    blended,
    candidates,
    search_weights,
    standardised,
)

NONE = Least(0.0, 0.0)


def test_scores_are_standardised_over_what_is_not_rated() -> None:
    scores = np.array([[1.0, 3.0, 100.0], [2.0, 2.0, 2.0]])
    rated = np.array([[False, False, True], [False, False, False]])
    found = standardised(scores, rated)
    assert found[0, :2].tolist() == [-1, 1]
    assert found[1].tolist() == [0, 0, 0]


def test_a_blend_is_the_weighted_sum() -> None:
    rated = np.zeros((1, 2), bool)
    scores = {"one": np.array([[0.0, 10.0]]), "two": np.array([[3.0, 1.0]]), "no": rated * 1.0}
    assert blended(scores, rated, {"one": 0.25, "two": 0.75}).tolist() == [[0.5, -0.5]]


def judged(seed: int) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """Two models that each know a half of what is relevant, and one that knows nothing of it."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=(2, 60, 40))
    relevant = truth.sum(axis=0) > 1.8
    relevant[:, 0] = True
    noise = rng.normal(size=(60, 40))
    return [truth[0], truth[1], noise], np.zeros((60, 40), bool), relevant


def test_the_search_weighs_what_helps_and_not_what_does_not() -> None:
    block = candidates(*judged(0))
    weights = search_weights([[block]], 3, 5, NONE, 0)
    assert weights.sum() == pytest.approx(1)
    assert weights[0] == pytest.approx(weights[1], abs=0.25)
    assert weights[2] < 0.15
    scores, rated, relevant = judged(0)
    halves = [candidates([one[rows] for one in scores], rated[rows], relevant[rows])
              for rows in (slice(0, 25), slice(25, 60))]  # fmt: skip
    assert search_weights([halves], 3, 5, NONE, 0) == pytest.approx(weights)


def test_among_weights_that_are_no_worse_those_that_cover_enough_are_taken() -> None:
    scores, rated, relevant = judged(1)
    narrow = np.tile(np.arange(40.0), (60, 1))
    relevant[:, 38:] = True
    found = [[candidates([narrow, scores[0]], rated, relevant)]]
    free = search_weights(found, 2, 2, NONE, 0)
    wide = search_weights(found, 2, 2, Least(0.1, 30.0), 0)
    assert free[0] > wide[0]
    assert search_weights(found, 2, 2, Least(2.0, 99.0), 0) == pytest.approx(free)


def test_first_places_hold_candidates_alone() -> None:
    rated = np.array([[True, True, False], [False, False, False]])
    scores = [np.array([[5.0, 4.0, 1.0], [1.0, 2.0, 3.0]])]
    block = candidates(scores, rated, np.array([[False, False, True], [True, False, False]]))
    lists, hits = block.first(np.ones(1), 3)
    assert lists.tolist() == [[2, -1, -1], [2, 1, 0]]
    assert hits.tolist() == [[True, False, False], [False, False, True]]
