"""EASE: a linear regression of each movie on all others (Steck 2019, Embarrassingly Shallow
Autoencoders for Sparse Data).

The weights have a closed form. With D the table of users by movies and P the inverse of
D'D + ridge, the weight from movie j to movie i is -P[j, i] / P[i, i], and zero to itself. Where
there are more movies than users the same weights follow from an inverse of users by users
(Woodbury): they are D'C with C = (DD' + ridge)^-1 D / (1 - diag), so that only a matrix of users by
movies is kept.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from practical_dl.movies.ranking.models.interactions import Codes, Interactions
from practical_dl.movies.ranking.models.raters import Raters, make_raters

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Ease:
    """Weights from the movies that a user rated to those that are ranked.

    Attributes:
        strength: how much a liking counts beside having rated (0: not at all).
        kept: numbers of the movies that have weights (m,), ascending.
        weights: (m, m) from row to column; or, with `raters`, (users, m).
        raters: who rated what; None where `weights` are between movies.
    """

    strength: float
    kept: Codes
    weights: Values
    raters: Raters | None = None

    def scores(self, rows: Interactions) -> Values:
        """Scores of movies that a user did not rate; those of rated ones mean nothing."""
        found = np.zeros((rows.users, rows.movies))
        found[:, self.kept] = self._given(rows) @ self.weights
        return found

    def _given(self, rows: Interactions) -> Values:
        """What the weights are multiplied with: (rows, m), or (rows, users)."""
        if self.raters is not None:
            return self.raters.shared(rows, self.strength)
        given = np.zeros((rows.users, rows.movies))
        given[rows.users_of(), rows.columns] = rows.weights(self.strength)
        return given[:, self.kept]

    def of_pairs(self, rated: Codes, ranked: Codes) -> Values:
        """The weights from movies to other movies, by their numbers: (rated, ranked).

        Zero where a movie has no weights, and from a movie to itself.
        """
        places = np.full(max([*rated, *ranked, *self.kept]) + 1, -1)
        places[self.kept] = np.arange(len(self.kept))
        inside = (places[rated] >= 0)[:, None] & (places[ranked] >= 0)
        if self.raters is None:
            found = self.weights[np.ix_(places[rated], places[ranked])]
        else:
            columns = self.weights[:, places[ranked]]
            found = np.stack([self._from(movie, columns) for movie in rated])
        return np.where(inside & (rated[:, None] != ranked), found, 0)

    def _from(self, movie: int, columns: Values) -> Values:
        assert self.raters is not None
        place = slice(self.raters.starts[movie], self.raters.starts[movie + 1])
        return self.raters.weights[place] @ columns[self.raters.users[place]]


def fit_ease(train: Interactions, ridge: float, strength: float, most: int) -> Ease:
    """Fit the weights of the `most` movies that most users rated.

    Args:
        ridge: added to the diagonal of users in common. strength: as of `Ease`.
    """
    kept = most_rated(train.counts(), most)
    table = train.table(strength)[:, kept]
    if table.shape[0] < table.shape[1]:
        return Ease(strength, kept, _of_users(table, ridge), make_raters(train, strength))
    inverse = inverse_of((table.T @ table).toarray(), ridge)
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return Ease(strength, kept, weights)


def most_rated(counts: Codes, most: int) -> Codes:
    """Numbers of the `most` movies with the highest counts of at least one, ascending."""
    order = np.argsort(-counts, kind="stable")[:most]
    return np.sort(order[counts[order] > 0])


def inverse_of(gram: Values, ridge: float) -> Values:
    """The inverse of a symmetric matrix plus `ridge` on the diagonal; `gram` is used up."""
    from scipy.linalg import inv

    gram[np.diag_indices_from(gram)] += ridge
    return inv(gram, overwrite_a=True, check_finite=False, assume_a="pos")


def _of_users(table: "csr_array", ridge: float) -> Values:
    half = inverse_of((table @ table.T).toarray(), ridge) @ table
    own = np.asarray(table.multiply(half).sum(axis=0)).ravel()
    return half / (1 - own)
