"""What every ranking model can do, and the lists that come of it."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from practical_dl.movies.ranking.models.interactions import Codes, Interactions

Values = NDArray[np.float64]

MOST_SCORES = 2_000_000
"""Scores held at once by each model: bounds the memory of many users."""
NOBODY = -1
"""The place on a list of a user who has rated nearly all movies."""


class Scorer(Protocol):
    """A fitted model. It need not have met a user: what they rated is all that it is told."""

    def scores(self, rows: Interactions) -> Values:
        """One score per user of `rows` and movie: higher for what is recommended first."""
        ...


def user_blocks(users: Codes, movies: int) -> Iterator[Codes]:
    """The numbers `users` in blocks whose scores fit in memory."""
    at_once = max(1, MOST_SCORES // movies)
    for start in range(0, len(users), at_once):
        yield users[start : start + at_once]


def best_unrated(scores: Values, rated: NDArray[np.bool_], k: int) -> Codes:
    """The `k` movies with the highest scores that a user has not rated: (users, k), best first.

    Equal scores go by the number of the movie; -1 where none is left.
    """
    masked = np.where(rated, -np.inf, scores)
    k = min(k, scores.shape[1])
    least = np.partition(masked, -k, axis=1)[:, -k, None]
    # All that are above the least, then the first of those that equal it.
    rank = np.where(masked > least, 0, np.where(masked == least, 1, 2))
    chosen = np.sort(np.argsort(rank, axis=1, kind="stable")[:, :k], axis=1)
    found = np.take_along_axis(masked, chosen, axis=1)
    order = np.argsort(-found, axis=1, kind="stable")
    lists = np.take_along_axis(chosen, order, axis=1)
    return np.where(np.take_along_axis(found, order, axis=1) > -np.inf, lists, NOBODY)
