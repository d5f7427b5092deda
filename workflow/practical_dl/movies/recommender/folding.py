"""The stars that a known user, or a new one whose ratings are folded in, would give.

A new user's numbers, given the movies', are a ridge regression of a few dozen unknowns, solved in
closed form for each kept sample; nothing is trained. The spread of the samples tells how sure a
prediction is.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.movies.recommender.factors import Factors, Library

Values = NDArray[Any]


class Expected(NamedTuple):
    """Expected rating of every movie (M,), beyond the scale if need be, and its deviation (M,)."""

    stars: Values
    spread: Values


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


def sampled_stars(factors: Factors, users: Values) -> Values:
    """Ratings of all movies by a user with the numbers `users` (S, d) in each sample: (S, M)."""
    told = users.astype(np.float64).copy()
    bias, told[:, 0] = told[:, 0].copy(), 1
    return factors.mean + bias[:, None] + np.einsum("smd,sd->sm", factors.movies, told)


def expected_of(factors: Factors, users: Values, noise: Values) -> Expected:
    """What a user with the numbers `users` (S, d) and precisions `noise` (S,) would give."""
    stars = sampled_stars(factors, users)
    return Expected(stars.mean(axis=0), np.sqrt(stars.var(axis=0) + (1 / noise).mean()))


def expected_by_user(library: Library, number: int) -> Expected:
    """What a known user would give."""
    factors = library.factors
    return expected_of(factors, factors.users[:, number], factors.user_precisions[:, number])


def expected_by_ratings(factors: Factors, rated: NDArray[np.int64], stars: Values) -> Expected:
    """What someone new who gave `stars` (n,) to the movies `rated` (n,) would give."""
    return expected_of(factors, fold_in(factors, rated, stars), factors.noise)


def number_of_user(library: Library, user_id: int) -> int:
    """The number of a known user.

    Raises:
        UserError: no such user.
    """
    users = library.catalogue.user_ids
    number = int(np.searchsorted(users, user_id))
    if number == len(users) or users[number] != user_id:
        raise UserError(f"user {user_id}: unknown; users are {users[0]} to {users[-1]}")
    return number
