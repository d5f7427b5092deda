"""Matrix factorisation of who rated what, by alternating least squares.

Every pair of user and movie counts: those rated as ones with a weight of 1 + confidence, all
others as zeros with a weight of one (Hu, Koren and Volinsky 2008, Collaborative Filtering for
Implicit Feedback Datasets).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from practical_dl.movies.ranking.models.interactions import Interactions

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Values = NDArray[np.float64]
FIRST_SPREAD = 0.05
MOST_NUMBERS = 1 << 23
"""Numbers in the regressions that are solved at once."""


@dataclass(frozen=True)
class ImplicitAls:
    """Factors of the movies (movies, d), and the settings that a user's factors follow from."""

    movies: Values
    confidence: float
    ridge: float

    def scores(self, rows: Interactions) -> Values:
        common = _common(self.movies, self.ridge)
        users = np.empty((rows.users, self.movies.shape[1]))
        for number, row in enumerate(rows):
            rated = self.movies[row.movies]
            left = common + self.confidence * (rated.T @ rated)
            users[number] = np.linalg.solve(left, (1 + self.confidence) * rated.sum(axis=0))
        return users @ self.movies.T


def fit_implicit_als(
    train: Interactions, factors: int, confidence: float, ridge: float, passes: int, seed: int
) -> ImplicitAls:
    """Fit `factors` numbers per movie in `passes` over users and movies."""
    table = train.table()
    turned = table.T.tocsr()
    rng = np.random.default_rng(seed)
    movies = rng.normal(0, FIRST_SPREAD, (train.movies, factors))
    for _ in range(passes):
        users = solved(table, movies, confidence, ridge)
        movies = solved(turned, users, confidence, ridge)
    return ImplicitAls(movies, confidence, ridge)


def solved(table: "csr_array", others: Values, confidence: float, ridge: float) -> Values:
    """The factors of each row of `table` (n, m), given those of its columns (m, d): (n, d)."""
    from practical_dl.movies.models.grouping import PADDING, group_rows

    width = others.shape[1]
    common = _common(others, ridge)
    found = np.zeros((table.shape[0], width))
    entries = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    for entities, rows in group_rows(entries, table.shape[0]).stacks:
        pieces = -(-entities.size * width * max(width, rows.shape[1]) // MOST_NUMBERS)
        for part in np.array_split(np.arange(entities.size), pieces):
            inside = rows[part] != PADDING
            rated = np.where(inside[..., None], others[table.indices[rows[part]]], 0)
            left = common + confidence * (rated.swapaxes(1, 2) @ rated)
            right = (1 + confidence) * rated.sum(axis=1)
            found[entities[part]] = np.linalg.solve(left, right[..., None])[..., 0]
    return found


def _common(factors: Values, ridge: float) -> Values:
    """What all regressions on these factors share: every pair counts, with a weight of one."""
    return factors.T @ factors + ridge * np.eye(factors.shape[1])
