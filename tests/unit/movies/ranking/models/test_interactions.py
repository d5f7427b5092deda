import numpy as np
import pytest
from tests.unit.movies.ranking.models.hand import hand_made

from practical_dl.movies.ranking.models.interactions import make_interactions


def test_users_stand_one_behind_the_other_whatever_the_order_of_the_ratings() -> None:
    found = hand_made()
    assert [row.movies.tolist() for row in found] == [[0, 1], [0, 1, 2], [2], []]
    assert [row.stars.tolist() for row in found] == [[5, 3], [4, 4, 1], [3], []]
    assert found.counts().tolist() == [2, 2, 2, 0]
    assert found.rated().astype(int).tolist() == [
        [1, 1, 0, 0],
        [1, 1, 1, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 0],
    ]
    chosen = found.rows(np.array([2, 3, 0]))
    assert [row.movies.tolist() for row in chosen] == [[2], [], [0, 1]]


def test_liking_is_measured_from_the_user_s_mean_shrunk_to_that_of_all() -> None:
    found = hand_made()  # all six ratings: mean 20 / 6
    mean = (5 + 3 + 5 * 20 / 6) / 7
    expected = [1 + 0.4 * (5 - mean) / 4, 1 + 0.4 * (3 - mean) / 4]
    assert found.weights(0.4)[:2].tolist() == pytest.approx(expected)
    assert found.weights(0.0).tolist() == [1] * 6
    assert found.table(0.4)[0, 0] == pytest.approx(expected[0])


def test_what_was_only_seen_counts_and_is_neither_liked_nor_not() -> None:
    one = np.array([0, 0])
    found = make_interactions(
        one, np.array([0, 1]), np.array([2.0, 4.0]), (np.array([0]), np.array([2])), (1, 4), (1, 5)
    )
    assert found.counts().tolist() == [1, 1, 1, 0]
    assert found.weights(0.4)[2] == 1
    assert np.isnan(found.stars[2])


def test_a_scale_of_one_value_has_no_likings() -> None:
    one = np.array([0, 1]), np.array([0, 1]), np.array([4.0, 4.0])
    found = make_interactions(*one, (np.zeros(0, int), np.zeros(0, int)), (2, 2), (4.0, 4.0))
    assert found.weights(0.4).tolist() == [1, 1]
