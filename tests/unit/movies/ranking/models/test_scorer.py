import numpy as np

from practical_dl.movies.ranking.models import scorer
from practical_dl.movies.ranking.models.scorer import best_unrated, user_blocks


def test_equal_scores_go_by_number_and_rated_movies_never_stand_on_a_list() -> None:
    scores = np.array([[1.0, 3.0, 3.0, 2.0, 3.0], [9.0, 0.0, 0.0, 0.0, 0.0]])
    rated = np.array([[False, False, True, False, False], [True, True, True, False, True]])
    assert best_unrated(scores, rated, 3).tolist() == [[1, 4, 3], [3, -1, -1]]


def test_ties_at_the_last_place_are_the_lowest_numbers() -> None:
    scores = np.array([[0.0, 0.0, 5.0, 0.0, 5.0]])
    assert best_unrated(scores, np.zeros((1, 5), bool), 3).tolist() == [[2, 4, 0]]


def test_fewer_movies_than_places() -> None:
    assert best_unrated(np.array([[1.0, 2.0]]), np.zeros((1, 2), bool), 10).tolist() == [[1, 0]]


def test_blocks_hold_all_users_once() -> None:
    users = np.arange(10)
    blocks = list(user_blocks(users, scorer.MOST_SCORES // 3))
    assert [len(block) for block in blocks] == [3, 3, 3, 1]
    assert np.concatenate(blocks).tolist() == users.tolist()
