"""The tables of a rating set that lie in files: long ones, so columns of HDF5."""

from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import read_columns, read_csv, read_json
from practical_dl.movies.ratings.rating_set import LINK_COLUMNS, MOVIE_COLUMNS, SEEN_COLUMNS, Scale
from practical_dl.movies.ratings.splits import SPLIT_COLUMNS, ratings_of

RATING_COLUMNS = ("user_id", "movie_id", "rating", "timestamp")


def read_rating_table(path: str | Path) -> pd.DataFrame:
    """Read ratings.h5: user_id, movie_id, rating (stars), timestamp (Unix seconds)."""
    return read_columns(path, RATING_COLUMNS)


def read_split_table(path: str | Path) -> pd.DataFrame:
    """Read split.h5: user_id, movie_id, role (train or valid), in the order of the ratings."""
    return read_columns(path, SPLIT_COLUMNS)


def read_sides(ratings: str | Path, split: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read ratings.h5 parted by split.h5: the training ratings, and the held-out ones.

    Raises:
        UserError: the split was made for other ratings.
    """
    table, roles = read_rating_table(ratings), read_split_table(split)
    return ratings_of("train", table, roles), ratings_of("valid", table, roles)


def read_movie_table(path: str | Path) -> pd.DataFrame:
    """Read movies.csv: movie_id, title, year (Int64, <NA> where unknown), genres."""
    movies = read_csv(path, MOVIE_COLUMNS, {"movie_id": "int64"})
    movies["year"] = pd.to_numeric(movies["year"].replace("", None)).astype("Int64")
    return movies


def read_scale(path: str | Path) -> Scale:
    """The lowest and highest rating that can be given, of a reading.json."""
    low, high = read_json(path, ["scale"])["scale"]
    return float(low), float(high)


def read_notes(path: str | Path) -> list[str]:
    """How the ratings were read, a line each, of a reading.json."""
    return list(read_json(path, ["notes"])["notes"])


def read_names(path: str | Path, key: str) -> dict[int, str]:
    """What a person calls each id: of users.csv by `user_id`, of items.csv by `movie_id`."""
    table = read_csv(path, (key, "name"), {key: "int64"})
    return dict(zip(table[key].tolist(), table["name"], strict=True))


def read_seen_table(path: str | Path) -> pd.DataFrame:
    """Read seen.h5: user_id, movie_id of pairs without a rating that the user has seen."""
    return read_columns(path, SEEN_COLUMNS).set_axis(["user_id", "movie_id"], axis=1)


def read_link_table(path: str | Path) -> pd.DataFrame:
    """Read links.csv: movie_id, imdb_id (the number behind `tt`)."""
    return read_csv(path, LINK_COLUMNS, dict.fromkeys(LINK_COLUMNS, "int64"))
