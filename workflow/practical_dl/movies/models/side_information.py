"""Knowledge of movies and users beside the stars: genres, release years, who rated what.

Each kind is a table of features that explains factors linearly. It is kept as its singular value
decomposition, in which the coefficients of a ridge regression are independent of each other, so
that a Gibbs step over thousands of features costs two thin matrix products.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy.linalg
import scipy.sparse
import scipy.sparse.linalg
from numpy.typing import NDArray

Values = NDArray[np.float64]
Rows = NDArray[Any]

SMALLEST_SINGULAR_VALUE = 1e-6


@dataclass(frozen=True)
class Features:
    """Features of entities (n, f) as left @ diag(singular) @ right.

    Attributes:
        left: (n, r) with orthonormal columns; singular: (r,); right: (r, f).
    """

    left: Values
    singular: Values
    right: Values


def decompose(features: Values | scipy.sparse.csr_array, most: int) -> Features:
    """The singular value decomposition, cut to the `most` largest values.

    Dense tables are decomposed by LAPACK. Those of years have many equal singular values, among
    which the iteration for large sparse tables would choose at random.
    """
    if min(features.shape) == 0:
        rows, columns = features.shape
        return Features(np.zeros((rows, 0)), np.zeros(0), np.zeros((0, columns)))
    if isinstance(features, np.ndarray):
        left, singular, right = _decompose_dense(features)
    elif min(features.shape) <= most:
        left, singular, right = _decompose_dense(features.toarray())
    else:
        start = np.ones(min(features.shape))
        left, singular, right = scipy.sparse.linalg.svds(features, most, v0=start)
    kept = np.flatnonzero(singular > SMALLEST_SINGULAR_VALUE)[:most]
    return Features(np.ascontiguousarray(left[:, kept]), singular[kept], right[kept])


def _decompose_dense(table: Values) -> tuple[Values, Values, Values]:
    return scipy.linalg.svd(table, full_matrices=False)


def _genre_table(movies: pd.DataFrame) -> pd.DataFrame:
    """0 or 1 for each movie (row) and genre (column)."""
    return movies["genres"].str.get_dummies("|").astype(np.float64)


def _year_table(movies: pd.DataFrame, width: int = 1) -> pd.DataFrame:
    """0 or 1 for each movie and bin of `width` release years; unknown years have a bin too."""
    bins = movies["year"].fillna(0).astype(np.int64) // width * width
    return pd.get_dummies(bins, dtype=np.float64)


def rated_table(of: Rows, by: Rows, shape: tuple[int, int]) -> scipy.sparse.csr_array:
    """The table of who rated what, rows of length one: 1/sqrt(n) for each of an entity's n ratings.

    Koren 2008, Factorization meets the neighborhood, section 4 (SVD++): that a user rated a movie
    tells about both, whatever the stars.
    """
    counts = np.bincount(of, minlength=shape[0])
    return scipy.sparse.csr_array((1 / np.sqrt(counts[of]), (of, by)), shape=shape)


def shuffled_content(movies: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The control: genres and year of each movie (one row) given to another one."""
    other = np.random.default_rng(seed).permutation(len(movies))
    shuffled = {name: movies[name].to_numpy()[other] for name in ("genres", "year")}
    return movies.assign(**shuffled)


def content_features(movies: pd.DataFrame, most: int) -> list[Features]:
    """Genres and release years of movies."""
    return [
        decompose(table.to_numpy(), most) for table in (_genre_table(movies), _year_table(movies))
    ]


def content_values(movies: pd.DataFrame, years: int) -> Values:
    """A row of numbers per movie: one, its genres, its bin of `years` release years."""
    parts: Sequence[Values] = (
        np.ones((len(movies), 1)),
        _genre_table(movies).to_numpy(),
        _year_table(movies, years).to_numpy(),
    )
    return np.hstack(parts)
