"""Reading the MovieLens releases as published, and refusing edited, cut or damaged copies."""

import csv
import re
import warnings
from io import BytesIO
from os import SEEK_END
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import require_file
from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.links import read_links
from practical_dl.movies.ratings.rating_set import MOVIE_COLUMNS, RatingSet, require_variety
from practical_dl.movies.ratings.releases import Layout, find_release, read_lines, stated_counts
from practical_dl.tables.values import NEWEST

RATING_TYPES = {
    "user_id": "int64",
    "movie_id": "int64",
    "rating": "float64",
    "timestamp": "int64",
}
LONGEST_END = 4096
"""Bytes at the end of a file that are searched for blank lines."""
INVENTED_PAIR = (999, 999999)
YEAR = r".*\((\d{4})(?:[-\u2013]\d{0,4})?\)"
REMEDY = "mend it or take the original from https://grouplens.org/datasets/movielens"


class Release(NamedTuple):
    """Ratings in file order, all movies, and a line about what the counts were checked against."""

    ratings: pd.DataFrame
    movies: pd.DataFrame
    note: str


def read_release_set(folder: Path) -> RatingSet:
    """A release with the scale of its publisher.

    Raises:
        UserError: as `read_release` and `read_links`; its ratings are all equal, or its times none.
    """
    release = read_release(folder)
    place, layout = find_release(folder)
    path = place / layout.ratings_file
    require_variety(release.ratings, path)
    _check_times(path, release.ratings)
    return RatingSet(*release, scale=layout.scale[:2], links=read_links(place))


def read_release(folder: Path) -> Release:
    """Read and check a release of MovieLens, or ratings of one's own laid out like one.

    Raises:
        UserError: as `read_ratings` and `read_movies`; a rated movie is not among the movies, or
            there are more or fewer ratings, users or movies than the release's README says.
    """
    ratings, movies = read_ratings(folder), read_movies(folder)
    place, layout = find_release(folder)
    _check_movies_known(place, layout, ratings, movies)
    return Release(ratings, movies, _check_counts(place, layout, ratings, movies))


def read_ratings(folder: Path) -> pd.DataFrame:
    """Ratings in file order: user_id, movie_id, rating (stars), timestamp (Unix seconds).

    Raises:
        UserError: no ratings file or several; or, with its line, a row that is not four numbers,
            a rating off the release's scale, a pair of user and movie that stands there twice,
            or the invented last row of some copies in circulation.
    """
    place, layout = find_release(folder)
    path = place / layout.ratings_file
    ratings = _parse_ratings(path, layout)
    _check_last_row(path, layout, ratings)
    _check_scale(path, layout, ratings)
    _check_pairs(path, layout, ratings)
    return ratings


def read_movies(folder: Path) -> pd.DataFrame:
    """Movies in file order: movie_id, title, year (Int64, of the release), genres.

    The title is the publisher's, with the year; a title without a year has year <NA>. Genres
    have '|' between them; '' means none given.

    Raises:
        UserError: no movies file; or, with its line, a row that is not a movie, or an id twice.
    """
    place, layout = find_release(folder)
    path = place / layout.movies_file
    _check_header(path, layout.movies_header)
    rows = []
    for number, line in enumerate(read_lines(path), start=1):
        if number < layout.first_line:
            continue
        try:
            rows.append(layout.movie(line))
        except (ValueError, TypeError, csv.Error):
            raise UserError(f"{path}:{number}: not a movie: {line[:80]!r}; {REMEDY}") from None
    movies = pd.DataFrame(rows, columns=["movie_id", "title", "genres"])
    repeated = movies["movie_id"].duplicated()
    if repeated.any():
        raise UserError(
            f"{path}:{_line_of(repeated, layout)}: movie {movies['movie_id'][repeated].iloc[0]} "
            f"stands there twice; {REMEDY}"
        )
    movies["year"] = movies["title"].str.extract(YEAR, expand=False).astype("Int64")
    return movies[list(MOVIE_COLUMNS)]


def _parse_ratings(path: Path, layout: Layout) -> pd.DataFrame:
    """Parse with pandas' C engine; only when it fails, look for the line to blame."""
    _check_header(path, layout.ratings_header)
    source: Any = path
    separator = layout.separator
    if len(separator) > 1 or _ends_blank(path):
        separator = "\t" if len(separator) > 1 else separator
        content = path.read_bytes().rstrip()
        source = BytesIO(content.replace(layout.separator.encode(), separator.encode()))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            ratings = pd.read_csv(
                source,
                sep=separator,
                header=None,
                skiprows=layout.first_line - 1,
                names=list(RATING_TYPES),
                dtype=RATING_TYPES,
                index_col=False,
                na_filter=False,
                skip_blank_lines=False,
                quoting=csv.QUOTE_NONE,
            )
    except (ValueError, OverflowError, pd.errors.ParserWarning) as error:
        raise _bad_row(path, layout, str(error)) from None
    if ratings.empty:
        raise UserError(f"{path}: holds no ratings; {REMEDY}")
    if (ratings[["user_id", "movie_id", "timestamp"]].min() < 0).any():
        raise _bad_row(path, layout, "a negative number")
    return ratings


def _ends_blank(path: Path) -> bool:
    """Whether blank lines stand at the end of a file."""
    with path.open("rb") as file:
        file.seek(-min(LONGEST_END, path.stat().st_size), SEEK_END)
        end = file.read()
    return end[len(end.rstrip()) :].count(b"\n") > 1


def _bad_row(path: Path, layout: Layout, reason: str) -> UserError:
    number = r"\s*\d{1,18}\s*"
    row = re.compile(layout.separator.join([number, number, r"\s*\d+(\.\d*)?\s*", number]).encode())
    with path.open("rb") as file:
        for line, content in enumerate(file, start=1):
            if line >= layout.first_line and not row.fullmatch(content):
                shown = content[:80].decode("utf-8", "replace").rstrip()
                wanted = layout.separator.join(RATING_TYPES)
                return UserError(f"{path}:{line}: {shown!r} is not {wanted} as numbers; {REMEDY}")
    return UserError(f"{path}: not readable ({reason}); {REMEDY}")


def _check_header(path: Path, expected: str) -> None:
    require_file(path)
    if path.stat().st_size == 0:
        raise UserError(f"{path}: empty; {REMEDY}")
    with path.open("rb") as file:
        found = file.readline(1000).decode("utf-8-sig", "replace").strip()
    if expected and found != expected:
        raise UserError(f"{path}:1: columns are {found}, expected {expected}; {REMEDY}")


def _check_last_row(path: Path, layout: Layout, ratings: pd.DataFrame) -> None:
    if tuple(ratings[["user_id", "movie_id"]].iloc[-1]) == INVENTED_PAIR:
        user, movie = INVENTED_PAIR
        raise UserError(
            f"{path}:{layout.first_line + len(ratings) - 1}: user {user} and movie {movie} are an "
            f"invented row of copies in circulation; delete the line"
        )


def _check_times(path: Path, ratings: pd.DataFrame) -> None:
    latest = int(ratings["timestamp"].max())
    if 0 < latest <= NEWEST:
        return
    reason = "every timestamp is 0" if latest == 0 else f"timestamp {latest} is not in seconds"
    raise UserError(
        f"{path}: {reason}, so nothing would be known of the time of rating; give the file as "
        "source.table, where `time` may be left out or in another unit"
    )


def _check_scale(path: Path, layout: Layout, ratings: pd.DataFrame) -> None:
    low, high, step = layout.scale
    stars = ratings["rating"]
    wrong = ~(stars.between(low, high) & (stars % step == 0))
    if wrong.any():
        raise UserError(
            f"{path}:{_line_of(wrong, layout)}: rating {stars[wrong].iloc[0]:g}, expected {low:g} "
            f"to {high:g} in steps of {step:g}; {REMEDY}"
        )


def _check_pairs(path: Path, layout: Layout, ratings: pd.DataFrame) -> None:
    repeated = ratings.duplicated(["user_id", "movie_id"])
    if repeated.any():
        user, movie = ratings.loc[repeated, ["user_id", "movie_id"]].iloc[0]
        raise UserError(
            f"{path}:{_line_of(repeated, layout)}: user {user} rates movie {movie} again "
            f"({repeated.sum():,} such rows); {REMEDY}"
        )


def _check_movies_known(
    place: Path, layout: Layout, ratings: pd.DataFrame, movies: pd.DataFrame
) -> None:
    unknown = ~ratings["movie_id"].isin(movies["movie_id"])
    if unknown.any():
        raise UserError(
            f"{place / layout.ratings_file}:{_line_of(unknown, layout)}: movie "
            f"{ratings.loc[unknown, 'movie_id'].iloc[0]} is not in {layout.movies_file} "
            f"({unknown.sum():,} such rows); {REMEDY}"
        )


def _check_counts(place: Path, layout: Layout, ratings: pd.DataFrame, movies: pd.DataFrame) -> str:
    found = {
        "ratings": len(ratings),
        "users": ratings["user_id"].nunique(),
        "movies": len(movies),
    }
    stated = stated_counts(place, layout)
    if stated is None:
        return f"{_listed(found)}; no README states the counts, so they were not checked"
    name, counts = stated
    for what, count in counts.items():
        if found[what] != count:
            path = place / (layout.movies_file if what == "movies" else layout.ratings_file)
            raise UserError(
                f"{path}: {found[what]:,} {what}, but {name} states {count:,}: edited or cut; "
                f"{REMEDY}"
            )
    return f"{_listed(found)}; {', '.join(counts)} as {name} states"


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in counts.items())


def _line_of(wrong: pd.Series | NDArray[np.bool_], layout: Layout) -> int:
    """The line of the first row that is wrong."""
    return layout.first_line + int(np.argmax(wrong))
