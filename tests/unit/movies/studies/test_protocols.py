from pathlib import Path

import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.splits import assign_roles
from practical_dl.movies.studies.protocols import (
    last_of_each_user,
    latest,
    published_split,
    split_by,
)


def table(*rows: tuple[int, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["user_id", "movie_id", "timestamp"])
    return frame.assign(rating=3.0)


def test_the_last_rating_of_each_user_is_held_out_but_never_the_only_one() -> None:
    ratings = table((1, 10, 7), (2, 10, 1), (1, 20, 9), (1, 30, 9), (1, 40, 8))
    assert last_of_each_user(ratings).tolist() == [False, False, False, True, False]


def test_the_latest_share_goes_by_time_then_file_order() -> None:
    ratings = table((1, 10, 7), (2, 10, 1), (1, 20, 9), (1, 30, 9), (1, 40, 8))
    assert latest(ratings, 0.2).tolist() == [False, False, False, True, False]
    assert latest(ratings, 0.6).tolist() == [False, False, True, True, True]


def test_a_random_protocol_is_the_lesson_s_split_with_its_seed() -> None:
    ratings = table(*((user, movie, 0) for user in range(5) for movie in range(8)))
    pd.testing.assert_frame_equal(
        split_by("random_7", ratings, 0.8, Path()), assign_roles(ratings, 0.8, 7)
    )


def write_release(folder: Path, test: str) -> Path:
    (folder / "u.data").write_text("1\t10\t3\t5\n2\t10\t4\t6\n1\t20\t5\t7\n")
    (folder / "u.item").write_text("")
    (folder / "u1.base").write_text("2\t10\t4\t6\n1\t10\t3\t5\n")
    (folder / "u1.test").write_text(test)
    return folder


def test_a_published_split_keeps_the_order_of_the_ratings(tmp_path: Path) -> None:
    folder = write_release(tmp_path, "1\t20\t5\t7\n")
    ratings = table((1, 10, 5), (2, 10, 6), (1, 20, 7))
    split = published_split("u1", ratings, folder)
    assert split["role"].tolist() == ["train", "train", "valid"]
    assert split["movie_id"].tolist() == [10, 10, 20]


def test_a_published_split_of_other_ratings_is_refused(tmp_path: Path) -> None:
    folder = write_release(tmp_path, "1\t99\t5\t7\n")
    with pytest.raises(UserError, match="not these ratings"):
        published_split("u1", table((1, 10, 5), (2, 10, 6), (1, 20, 7)), folder)


def test_the_published_splits_share_out_the_real_ratings(real_data: Path) -> None:
    from practical_dl.movies.ratings.sources import read_ratings

    ratings = read_ratings(real_data / "ml-100k")
    roles = published_split("u3", ratings, real_data / "ml-100k")["role"]
    assert roles.value_counts().to_dict() == {"train": 80_000, "valid": 20_000}
