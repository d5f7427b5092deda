import numpy as np
import pytest

from practical_dl.movies.ranking.metrics import coverage, mean_popularity, user_metrics


def test_metrics_by_hand() -> None:
    hits = np.array([[True, False, True], [False, False, False], [False, True, False]])
    found = user_metrics(hits, np.array([2, 1, 5]))
    second, third = 1 / np.log2(3), 1 / 2
    assert found["ndcg"].tolist() == pytest.approx(
        [(1 + third) / (1 + second), 0, second / (1 + second + third)]
    )
    assert found["recall"].tolist() == pytest.approx([1, 0, 1 / 5])
    assert found["precision"].tolist() == pytest.approx([2 / 3, 0, 1 / 3])
    assert found["hit_rate"].tolist() == [1, 0, 1]
    assert found["mrr"].tolist() == [1, 0, 1 / 2]


def test_a_perfect_list_has_an_ndcg_of_one_however_many_are_relevant() -> None:
    hits = np.array([[True, True, True], [True, False, False]])
    assert user_metrics(hits, np.array([9, 1]))["ndcg"].tolist() == pytest.approx([1, 1])


def test_coverage_and_popularity_leave_out_empty_places() -> None:
    lists = np.array([[0, 2], [2, -1], [-1, -1]])
    assert coverage(lists, 8) == 2 / 8
    assert mean_popularity(lists, np.array([10, 0, 4])).tolist() == [7, 4, 0]
