"""Who rated each movie: what a new user shares with each known one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practical_dl.movies.ranking.models.interactions import Codes, Interactions, places_of

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Raters:
    """The raters of each movie, one movie behind the other.

    Attributes:
        starts: where a movie's entries start (movies + 1,).
        users: the number of each entry's user (n,). weights: of the entry (n,).
        count: how many users there are.
    """

    starts: Codes
    users: Codes
    weights: Values
    count: int

    def shared(self, rows: Interactions, strength: float) -> Values:
        """Sum over the movies of each row of its weight times each rater's: (rows, count)."""
        weights = rows.weights(strength)
        found = np.empty((rows.users, self.count))
        for number, (start, end) in enumerate(zip(rows.starts[:-1], rows.starts[1:], strict=True)):
            places, lengths = places_of(self.starts, rows.columns[start:end])
            products = np.repeat(weights[start:end], lengths) * self.weights[places]
            found[number] = np.bincount(self.users[places], products, minlength=self.count)
        return found


def make_raters(train: Interactions, strength: float) -> Raters:
    """The raters of all movies in `train`, with the weights that `strength` gives."""
    order = np.argsort(train.columns, kind="stable")
    starts = np.searchsorted(train.columns[order], np.arange(train.movies + 1))
    return Raters(starts, train.users_of()[order], train.weights(strength)[order], train.users)
