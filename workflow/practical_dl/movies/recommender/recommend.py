"""Recommends movies to a known user, or to a new one whose ratings are folded in.

A new user's numbers, given the movies', are a ridge regression of a few dozen unknowns, solved in
closed form for each kept sample; nothing is trained. The spread of the samples tells how sure a
prediction is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.movies.recommender.factors import Factors, Library

Values = NDArray[Any]
COLD = 5


@dataclass(frozen=True)
class Recommendation:
    """A movie, how many stars are expected, how far that may be off, and why it is known.

    Attributes:
        stars, spread: expected rating and its standard deviation, bounded to the scale.
        ratings: how many users rated the movie. basis: where its numbers come from.
    """

    movie_id: int | str
    title: str
    genres: str
    stars: float
    spread: float
    ratings: int
    basis: str


def fold_in(factors: Factors, rated: NDArray[np.int64], stars: Values) -> Values:
    """The numbers of a user who gave `stars` (n,) to the movies `rated` (n,): (samples, d).

    The mean of the user's posterior in each sample. No ratings give the average user.
    """
    chosen = factors.movies[:, rated].astype(np.float64)
    regressors = chosen.copy()
    regressors[..., 0] = 1
    expected = factors.centre + factors.rated[:, rated].sum(axis=1) / np.sqrt(max(len(rated), 1))
    weighted = factors.noise[:, None, None] * regressors.swapaxes(1, 2)
    precision = factors.precision + weighted @ regressors
    targets = stars - factors.mean - chosen[..., 0]
    moments = (weighted @ targets[..., None])[..., 0]
    moments += np.einsum("sij,sj->si", factors.precision, expected)
    return np.linalg.solve(precision, moments[..., None])[..., 0]


def _expected_stars(factors: Factors, users: Values, noise: Values) -> tuple[Values, Values]:
    """Mean and standard deviation of a rating of every movie by `users` (samples, d).

    `noise` (samples,) is the precision of this user's ratings.
    """
    told = users.astype(np.float64).copy()
    bias, told[:, 0] = told[:, 0].copy(), 1
    stars = factors.mean + bias[:, None] + np.einsum("smd,sd->sm", factors.movies, told)
    spread = np.sqrt(stars.var(axis=0) + (1 / noise).mean())
    return stars.mean(axis=0).clip(*factors.scale), spread


def for_user(library: Library, user_id: int, count: int) -> list[Recommendation]:
    """The movies that a known user has not rated and would like most.

    Raises:
        UserError: no such user.
    """
    users = library.catalogue.user_ids
    number = int(np.searchsorted(users, user_id))
    if number == len(users) or users[number] != user_id:
        raise UserError(f"user {user_id}: unknown; users are {users[0]} to {users[-1]}")
    stars, spread = _expected_stars(
        library.factors,
        library.factors.users[:, number],
        library.factors.user_precisions[:, number],
    )
    return _best(library, stars, spread, library.known_to(number), count)


def for_ratings(
    library: Library, rated: Sequence[int], stars: Sequence[float], count: int
) -> list[Recommendation]:
    """The movies that someone new with these ratings would like most.

    Args:
        rated: numbers of the movies in the catalogue. stars: what each was given.
    """
    numbers = np.asarray(rated, dtype=np.int64)
    user = fold_in(library.factors, numbers, np.asarray(stars, dtype=np.float64))
    expected, spread = _expected_stars(library.factors, user, library.factors.noise)
    return _best(library, expected, spread, numbers, count)


def _best(
    library: Library, stars: Values, spread: Values, rated: NDArray[Any], count: int
) -> list[Recommendation]:
    order = np.argsort(-stars, kind="stable")
    order = order[~np.isin(order, rated)][:count]
    movies = library.catalogue.movies
    counts = np.bincount(library.rated_movie, minlength=len(movies))
    return [
        Recommendation(
            library.movie_id(number),
            str(movies["title"].iloc[number]),
            str(movies["genres"].iloc[number]),
            round(float(stars[number]), 2),
            round(float(spread[number]), 2),
            int(counts[number]),
            _basis(movies.iloc[number], int(counts[number])),
        )
        for number in order
    ]


def _basis(movie: Any, ratings: int) -> str:
    """The source of a movie's numbers: its ratings, or its content."""
    if ratings >= COLD:
        return f"{ratings:,} ratings"
    known = "no ratings" if ratings == 0 else "1 rating" if ratings == 1 else f"{ratings} ratings"
    if not movie["genres"] and pd.isna(movie["year"]):
        return f"{known} alone"
    genres = str(movie["genres"]).replace("|", ", ") or "no genres"
    content = f"{genres}; {movie['year']}" if str(movie["year"]).isdigit() else genres
    return f"its content ({content}) and {known}"
