"""Ridge regressions of many entities at once: rows grouped by entity, sums and draws in batches.

A user's ratings, given the movies, are a small regression; so are a movie's, given the users.
Entities with about as many rows are padded to one width (a power of two) and treated as one
stack of matrices, in chunks, so that time grows with the ratings and memory does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.sparse import csc_array

Values = NDArray[np.float64]
Rows = NDArray[Any]
# For the numbers (e, c) of rows: their regressors (e, c, d), targets (e, c), precisions (e, c).
Design = Callable[[Rows], tuple[Values, Values, Values]]

CHUNK_ROWS = 1 << 15
PADDING = -1


@dataclass(frozen=True)
class Grouping:
    """Row numbers by entity.

    Attributes:
        count: entities, with or without rows.
        stacks: entities (e,) and their rows (e, width), padded with -1.
    """

    count: int
    stacks: list[tuple[NDArray[np.int64], NDArray[np.int32]]]


def group_rows(codes: Rows, count: int) -> Grouping:
    """Group the rows 0, 1, ... by the entity 0 ... count - 1 that `codes` (n,) names."""
    order = stable_order(codes)
    sizes = np.bincount(codes, minlength=count)
    starts = np.cumsum(sizes) - sizes
    widths = np.where(sizes > 0, 1 << np.ceil(np.log2(np.maximum(sizes, 1))).astype(np.int64), 0)
    stacks = []
    for width in np.unique(widths[widths > 0]):
        alike = np.flatnonzero(widths == width)
        for entities in np.array_split(alike, -(-len(alike) * int(width) // CHUNK_ROWS)):
            place = np.arange(width)
            inside = place < sizes[entities][:, None]
            found = order[np.minimum(starts[entities][:, None] + place, len(order) - 1)]
            stacks.append((entities, np.where(inside, found, PADDING).astype(np.int32)))
    return Grouping(count, stacks)


def stable_order(codes: Rows) -> NDArray[np.int32]:
    """Rows 0, 1, ... in the order of their `codes` (n,) from 0, equal ones as they stand.

    Counted instead of compared (SciPy's change from columns to rows), so that time grows with n.
    """
    count = len(codes)
    ones = np.ones(count, np.int8)
    shape = (int(codes.max(initial=-1)) + 1, count)
    return (
        csc_array((ones, codes, np.arange(count + 1, dtype=np.int32)), shape=shape).tocsr().indices
    )


def normal_equations(grouping: Grouping, design: Design, width: int) -> tuple[Values, Values]:
    """Sums over each entity's rows of w z z' and of w z y.

    Returns:
        (count, width, width) and (count, width); zero for an entity without rows.
    """
    products = np.zeros((grouping.count, width, width))
    moments = np.zeros((grouping.count, width))
    for entities, rows in grouping.stacks:
        regressors, targets, weights = design(np.maximum(rows, 0))
        weighted = np.where(rows == PADDING, 0.0, weights)[:, None, :] * regressors.swapaxes(1, 2)
        products[entities] = weighted @ regressors
        moments[entities] = (weighted @ targets[:, :, None])[:, :, 0]
    return products, moments


def draw_normal(precisions: Values, moments: Values, rng: Generator) -> Values:
    """A draw of each N(P^-1 b, P^-1), `precisions` P (n, d, d) and `moments` b (n, d): (n, d)."""
    noise = rng.standard_normal(moments.shape)
    factors = np.linalg.cholesky(precisions)
    drawn = moments.copy()
    width = moments.shape[1]
    for i in range(width):
        drawn[:, i] -= np.einsum("nj,nj->n", factors[:, i, :i], drawn[:, :i])
        drawn[:, i] /= factors[:, i, i]
    drawn += noise
    for i in reversed(range(width)):
        drawn[:, i] -= np.einsum("nj,nj->n", factors[:, i + 1 :, i], drawn[:, i + 1 :])
        drawn[:, i] /= factors[:, i, i]
    return drawn
