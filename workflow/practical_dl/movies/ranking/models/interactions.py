"""Who has rated or seen what, by user, with the stars that were given.

Plain NumPy, so that a recommendation need not wait for SciPy; fitting takes the same as a sparse
table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Values = NDArray[np.float64]
Codes = NDArray[np.int64]
Scale = tuple[float, float]

USUAL = 5.0
"""Ratings at the mean of all that a user's own mean is shrunk with: one rating tells little."""


class Row(NamedTuple):
    """What one user rated or saw: numbers of movies, and their stars (NaN where only seen)."""

    movies: Codes
    stars: Values


@dataclass(frozen=True)
class Interactions:
    """What each of some users rated or saw, one user behind the other.

    Attributes:
        starts: where a user's entries start (users + 1,).
        columns: the number of each entry's movie (n,). stars: NaN where it was only seen (n,).
        movies: how many there are. usual: mean of all ratings. scale: lowest and highest rating.
    """

    starts: Codes
    columns: Codes
    stars: Values
    movies: int
    usual: float
    scale: Scale

    @property
    def users(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[Row]:
        for start, end in zip(self.starts[:-1], self.starts[1:], strict=True):
            yield Row(self.columns[start:end], self.stars[start:end])

    def rows(self, users: Codes) -> "Interactions":
        """Those of some users, in their order."""
        places, lengths = places_of(self.starts, users)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        return Interactions(
            starts, self.columns[places], self.stars[places], self.movies, self.usual, self.scale
        )

    def users_of(self) -> Codes:
        """The number of each entry's user (n,)."""
        return np.repeat(np.arange(self.users), np.diff(self.starts))

    def counts(self) -> Codes:
        """How many users have rated or seen each movie: (movies,)."""
        return np.bincount(self.columns, minlength=self.movies)

    def weights(self, strength: float) -> Values:
        """One plus `strength` times how much each entry was liked: (n,).

        Liking is how far the stars stand above the user's mean, in widths of the scale; nothing
        where a movie was only seen.
        """
        users, rated = self.users_of(), ~np.isnan(self.stars)
        stars = np.where(rated, self.stars, 0)
        given = np.bincount(users, rated, minlength=self.users)
        sums = np.bincount(users, stars, minlength=self.users)
        means = (sums + USUAL * self.usual) / (given + USUAL)
        width = (self.scale[1] - self.scale[0]) or 1.0
        return 1 + strength * np.where(rated, (stars - means[users]) / width, 0)

    def table(self, strength: float = 0.0) -> "csr_array":
        """The weights as a sparse table (users, movies)."""
        from scipy.sparse import csr_array

        shape = (self.users, self.movies)
        return csr_array((self.weights(strength), self.columns, self.starts), shape=shape)

    def rated(self) -> NDArray[np.bool_]:
        """Whether each user has rated or seen each movie: (users, movies)."""
        found = np.zeros((self.users, self.movies), dtype=bool)
        found[self.users_of(), self.columns] = True
        return found


def places_of(starts: Codes, chosen: Codes) -> tuple[Codes, Codes]:
    """The places of the entries of `chosen` groups, one behind the other, and their numbers."""
    lengths = starts[chosen + 1] - starts[chosen]
    shifts = starts[chosen] - np.cumsum(lengths) + lengths
    return np.arange(lengths.sum()) + np.repeat(shifts, lengths), lengths


def make_interactions(
    users: NDArray[Any],
    movies: NDArray[Any],
    stars: Values,
    seen: tuple[NDArray[Any], NDArray[Any]],
    shape: tuple[int, int],
    scale: Scale,
) -> Interactions:
    """Interactions of ratings, and of pairs `seen` (users, movies) without a rating.

    Args:
        users, movies, stars: one of each per rating. shape: how many users and movies there are.
    """
    pairs = np.concatenate([users, seen[0]]) * shape[1] + np.concatenate([movies, seen[1]])
    pairs, first = np.unique(pairs, return_index=True)
    given = np.concatenate([stars, np.full(len(seen[0]), np.nan)])[first]
    starts = np.searchsorted(pairs, np.arange(shape[0] + 1) * shape[1])
    usual = float(stars.mean()) if len(stars) else float(np.mean(scale))
    return Interactions(starts, pairs % shape[1], given, shape[1], usual, scale)


def one_user(like: Interactions, movies: Codes, stars: Values) -> Interactions:
    """The interactions of someone new, beside those that a model was fitted on."""
    starts = np.array([0, len(movies)])
    return Interactions(starts, movies, stars, like.movies, like.usual, like.scale)
