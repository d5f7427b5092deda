import pandas as pd

from practical_dl.movies.ranking.ranking_splits import inner_sides, sides_of

RATINGS = pd.DataFrame(
    {
        "user_id": range(100),
        "movie_id": 5,
        "rating": 3.0,
        "timestamp": [*range(50, 100), *range(50)],
    }
)
ROLES = RATINGS[["user_id", "movie_id"]].assign(role=["valid", "train"] * 50)


def test_the_set_s_own_split_and_the_latest_ratings() -> None:
    train, held_out = sides_of("random", RATINGS, ROLES, 0.8)
    assert (train["user_id"] % 2 == 1).all()
    assert len(held_out) == 50
    train, held_out = sides_of("by_time", RATINGS, ROLES, 0.8)
    assert held_out["timestamp"].min() == 80
    assert len(train) == 80


def test_inner_rows_are_of_the_training_part_and_never_on_both_sides() -> None:
    train, _ = sides_of("random", RATINGS, ROLES, 0.8)
    held: list[int] = []
    for fitted, out in inner_sides("random", train, 0.8, 3):
        assert set(fitted["user_id"]) | set(out["user_id"]) == set(train["user_id"])
        assert not set(fitted["user_id"]) & set(out["user_id"])
        held += out["user_id"].tolist()
    assert len(held) == len(set(held))


def test_by_time_the_inner_rows_are_the_latest_of_those_that_train() -> None:
    train, _ = sides_of("by_time", RATINGS, ROLES, 0.8)
    ((fitted, held_out),) = inner_sides("by_time", train, 0.5, 0)
    assert fitted["timestamp"].max() == 39
    assert held_out["timestamp"].tolist() == [*range(50, 80), *range(40, 50)]
