"""The tables of a rating set that lie in files: long ones, so columns of HDF5."""

from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import read_columns, read_csv
from practical_dl.movies.ratings.sources import MOVIE_COLUMNS
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
