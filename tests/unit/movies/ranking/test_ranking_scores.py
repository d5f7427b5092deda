import numpy as np
import pandas as pd
import pytest

from practical_dl.movies.ranking.lists import Lists
from practical_dl.movies.ranking.ranking_scores import COLUMNS, Truth, score_lists, truths_of

SECOND = 1 / np.log2(3)


def frame(rows: list[tuple[int, int, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"])


def scores() -> pd.DataFrame:
    train = frame([(1, 10, 5), (2, 10, 3), (2, 20, 4)])
    held_out = frame([(1, 30, 5), (1, 40, 2), (2, 30, 1), (9, 30, 5)])
    lists = {
        "ease": np.array([[30, 20], [40, -1]]),
        "blend": np.array([[20, 40], [30, 40]]),
    }
    truth = Truth(train, held_out, 8, 4.0)
    return score_lists({"random": Lists(np.array([1, 2]), lists)}, {"random": truth}, 0)


def value(table: pd.DataFrame, *names: str) -> float:
    rows = table.set_index(["model", "relevant", "metric"]).loc[[names]]
    assert len(rows) == 1
    return float(rows["value"].iloc[0])


def test_all_held_out_ratings_are_relevant() -> None:
    table = scores()
    assert tuple(table.columns) == COLUMNS
    # User 1: the first of two relevant movies; user 2: none.
    assert value(table, "ease", "all", "ndcg") == pytest.approx(1 / (1 + SECOND) / 2)
    assert value(table, "ease", "all", "recall") == pytest.approx(1 / 4)
    # User 1: the second place; user 2: the first.
    assert value(table, "blend", "all", "ndcg") == pytest.approx((SECOND / (1 + SECOND) + 1) / 2)
    assert value(table, "blend", "all", "mrr") == pytest.approx(3 / 4)
    gain = value(table, "blend", "all", "ndcg") - value(table, "ease", "all", "ndcg")
    assert value(table, "blend", "all", "ndcg_minus_ease") == pytest.approx(gain)
    assert "ndcg_minus_ease" not in set(table[table["model"] == "ease"]["metric"])


def test_users_who_liked_nothing_do_not_count_where_only_the_liked_is_relevant() -> None:
    table = scores()
    liked = table[table["relevant"] == "liked"]
    assert set(liked["users"]) == {1}
    assert value(table, "ease", "liked", "ndcg") == 1
    assert value(table, "blend", "liked", "ndcg") == 0


def test_coverage_and_popularity_are_of_the_lists() -> None:
    table = scores()
    assert value(table, "ease", "all", "coverage") == 3 / 8
    assert value(table, "blend", "all", "coverage") == 3 / 8
    # Movie 20 was rated once, 30 and 40 not at all: means of the lists 1/2 and 0.
    assert value(table, "ease", "all", "mean_popularity") == pytest.approx(0.25)
    assert table[table["metric"] == "coverage"]["ci_low"].isna().all()


def test_liked_is_three_quarters_of_the_way_up_or_what_was_configured() -> None:
    ratings = frame([(1, 10, 5), (1, 20, 4), (2, 10, 3)]).assign(timestamp=[1, 2, 3])
    roles = ratings[["user_id", "movie_id"]].assign(role=["train", "valid", "train"])
    found = truths_of(["random", "by_time"], ratings, roles, 0.7, 9, (1.0, 5.0), None)
    assert found["random"].liked == 4
    assert found["random"].held_out["movie_id"].tolist() == [20]
    assert found["by_time"].held_out["user_id"].tolist() == [2]
    assert truths_of(["random"], ratings, roles, 0.7, 9, (1, 5), 3.5)["random"].liked == 3.5
