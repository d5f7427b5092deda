"""Neighbours of movies: what is like what the user rated.

Two movies are alike by the users who rated both: the cosine of their columns, shrunk where few
users stand behind it (Deshpande and Karypis 2004, Item-Based Top-N Recommendation Algorithms).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, hstack

from practical_dl.movies.ranking.models.interactions import Interactions

Values = NDArray[np.float64]
AT_ONCE = 512
"""Movies whose likeness with all others is held at once."""


@dataclass(frozen=True)
class ItemKnn:
    """Likeness (movies, movies): in each column that of a movie with its nearest ones."""

    likeness: csr_array

    def scores(self, rows: Interactions) -> Values:
        return (rows.table() @ self.likeness).toarray()


def fit_item_knn(train: Interactions, neighbours: int, shrinkage: float) -> ItemKnn:
    """Keep the `neighbours` nearest of each movie.

    Args:
        shrinkage: added to the product of the two norms that the users in common are divided by.
    """
    table = train.table().tocsc()
    norms = np.sqrt(np.maximum(train.counts(), 1))
    parts = []
    for start in range(0, train.movies, AT_ONCE):
        block = np.arange(start, min(start + AT_ONCE, train.movies))
        shared = (table.T @ table[:, block]).toarray()
        alike = shared / (np.outer(norms, norms[block]) + shrinkage)
        alike[block, np.arange(len(block))] = 0
        parts.append(csc_array(_largest(alike, neighbours)))
    return ItemKnn(csr_array(hstack(parts)))


def _largest(columns: Values, count: int) -> Values:
    """The values with all but the `count` largest of each column set to zero, equal ones kept."""
    if count >= len(columns):
        return columns
    least = np.partition(columns, -count, axis=0)[-count]
    return np.where(columns >= least, columns, 0)
