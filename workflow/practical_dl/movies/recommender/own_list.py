"""Somebody's own ratings as movies of a rating set and stars on its scale."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError, counted, named
from practical_dl.movies.ratings.rating_set import Scale
from practical_dl.movies.recommender.factors import Library
from practical_dl.movies.recommender.names import movie_names
from practical_dl.movies.recommender.own_files import OwnFile, OwnRow, read_own_file
from practical_dl.movies.recommender.own_movies import OwnMovies
from practical_dl.movies.recommender.rating_scales import OffScale, as_stars, plain_texts
from practical_dl.movies.recommender.titles import Match, Titles
from practical_dl.tables.values import numbers


class OwnList(NamedTuple):
    """Numbers of movies in the catalogue, the stars of each, and what was taken for what."""

    movies: list[int]
    stars: list[float]
    told: list[str]


class _Rated(NamedTuple):
    row: OwnRow
    stars: float
    match: Match


def read_own_list(path: Path, library: Library, scale: Scale | None = None) -> OwnList:
    """Read the ratings in a file, or in the export that it is.

    Args:
        scale: the lowest and highest rating that could be given; None to find it out.

    Raises:
        UserError: the file cannot be read, a rating is none or off the scale, a movie has two,
            or none is known.
    """
    if scale is not None and not scale[0] < scale[1]:
        raise UserError(f"--scale {scale[0]:g} {scale[1]:g}: give the lowest first")
    file = read_own_file(path)
    stars, told = _stars(file, library, scale)
    given = [(row, one) for row, one in zip(file.rows, stars.tolist(), strict=True) if one == one]
    if not given:
        raise UserError(f"{file.path}: no row has a rating")
    movies = OwnMovies(library, titles_of(library), [row for row, _ in given])
    found: list[_Rated] = []
    unknown: list[tuple[int, str]] = []
    for row, one in given:
        try:
            found.append(_Rated(row, one, movies.find(row)))
        except UserError as error:
            unknown.append((row.line, str(error)))
    if not found:
        line, why = unknown[0]
        more = len(unknown) - 1
        others = f"; nor is any of {counted(more, 'other')} known" if more else ""
        raise UserError(f"{file.path}:{line}: {why}{others}")
    kept, again = _once_each(file.path, found)
    lines = [*unknown, *again, *((one.row.line, one.match.told) for one in kept)]
    missed = "; those of movies that are not in this set are passed over" if unknown else ""
    share = f"taken: {len(kept):,} of {counted(len(given), 'rating')}{missed}"
    told = [f"{file.path}: {one}" for one in (file.told, *told, *movies.told, share)]
    told += [f"{file.path}:{line}: {why}" for line, why in sorted(lines) if why]
    return OwnList([one.match.number for one in kept], [one.stars for one in kept], told)


def titles_of(library: Library) -> Titles:
    """The titles of a library's movies; of several of one name the most rated is taken."""
    movies = library.catalogue.movies
    years = [None if pd.isna(year) else int(year) for year in movies["year"]]
    counts = np.bincount(library.rated_movie, minlength=len(movies)).tolist()
    return Titles(movie_names(library), movies["title"].tolist(), years, counts)


def _stars(
    file: OwnFile, library: Library, scale: Scale | None
) -> tuple[NDArray[np.float64], list[str]]:
    """Stars of each row (n,), NaN where it has none; and what was taken."""
    target = (float(library.factors.scale[0]), float(library.factors.scale[1]))
    written = plain_texts([row["rating"] for row in file.rows])
    texts = pd.Series(written.texts, dtype=str)
    given = numbers(texts, ",")
    words = np.flatnonzero(np.isnan(given) & (texts != "").to_numpy())
    if len(words):
        raise _wrong(file, words.tolist(), f"a number from {target[0]:g} to {target[1]:g}")
    try:
        found = as_stars(given, scale or file.scale or written.scale, target)
    except OffScale as error:
        raise _wrong(file, error.places, str(error)) from None
    except UserError as error:
        raise UserError(f"{file.path}: {error}") from None
    unrated = int(np.isnan(found.stars).sum())
    passed = [f"passed over: {counted(unrated, 'row')} without a rating (0 or empty)"]
    return found.stars, [found.told, *(passed if unrated else [])]


def _wrong(file: OwnFile, places: Sequence[int], wanted: str) -> UserError:
    first, *others = [file.rows[place] for place in places]
    more = named(f"line {row.line} {row['rating'][:20]!r}" for row in others)
    also = f"; also {more}" if others else ""
    return UserError(f"{file.path}:{first.line}: rating {first['rating'][:60]!r}; {wanted}{also}")


def _once_each(path: Path, found: Sequence[_Rated]) -> tuple[list[_Rated], list[tuple[int, str]]]:
    """One row of each movie, and the lines that are passed over, with why.

    A row that is called just so goes before one that is called almost so.

    Raises:
        UserError: a movie has two ratings.
    """
    rows: dict[int, list[_Rated]] = {}
    for one in found:
        rows.setdefault(one.match.number, []).append(one)
    kept: list[_Rated] = []
    passed: list[tuple[int, str]] = []
    wrong: list[str] = []
    for alike in rows.values():
        first, *others = sorted(alike, key=lambda one: bool(one.match.told))
        kept.append(first)
        for other in others:
            is_less_sure = bool(other.match.told) and not first.match.told
            if is_less_sure or other.stars == first.stars:
                what = f"{other.row.label!r}, {other.row['rating']}"
                why = f"{what}: passed over, line {first.row.line} is the same movie"
                passed.append((other.row.line, why))
            else:
                what = f"duplicate movie {other.row.label!r}; leave one out"
                wrong.append(f"{path}:{other.row.line}: {what} (line {first.row.line} has it too)")
    if wrong:
        raise UserError(named(wrong))
    return kept, passed
