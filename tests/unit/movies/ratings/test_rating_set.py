from pathlib import Path

import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings import tables
from practical_dl.movies.ratings.rating_set import (
    RatingSet,
    require_enough,
    require_variety,
    write_rating_set,
)

NAMES = (
    "ratings.h5",
    "movies.csv",
    "user_names.csv",
    "item_names.csv",
    "seen.h5",
    "links.csv",
    "reading.json",
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    ratings = pd.DataFrame(
        {"user_id": [2, 1], "movie_id": [5, 5], "rating": [1.0, 2.0], "timestamp": [0, 0]}
    )
    movies = pd.DataFrame(
        {"movie_id": [5], "title": ["x"], "year": pd.array([None], "Int64"), "genres": [""]}
    )
    seen = pd.DataFrame({"user_id": [1], "movie_id": [5]})
    files = {name.partition(".")[0]: tmp_path / name for name in NAMES}
    names = {1: 'a "b"', 2: "007"}
    found = RatingSet(ratings, movies, "2", (0.5, 5.0), ["; told"], names, None, seen)
    write_rating_set(found, files)
    assert tables.read_names(files["user_names"], "user_id") == names
    assert tables.read_names(files["item_names"], "movie_id") == {5: "5"}
    assert tables.read_scale(files["reading"]) == (0.5, 5.0)
    assert tables.read_notes(files["reading"]) == ["; told"]
    pd.testing.assert_frame_equal(tables.read_seen_table(files["seen"]), seen)
    write_rating_set(found._replace(seen=None), files)
    assert tables.read_seen_table(files["seen"]).empty


def test_equal_ratings_and_too_few_are_refused() -> None:
    few = pd.DataFrame({"user_id": [1, 2], "movie_id": [1, 1], "rating": [4.0, 4.0]})
    with pytest.raises(UserError, match=r"x: each of 2 ratings is 4, and from equal ratings"):
        require_variety(few, Path("x"))
    require_variety(few[:1], Path("x"))
    with pytest.raises(UserError, match="2 users, 1 movies, 2 ratings: too few to compare models"):
        require_enough(few)
