"""An autoencoder of infinite width: EASE's counterpart that is not linear.

A network that gives a user's ratings back from themselves has a closed form as its hidden layer
grows without bound: a regression on how alike two users are, by the neural tangent kernel
(Sachdeva et al. 2022, Infinite Recommendation Networks).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practical_dl.movies.ranking.models.ease import inverse_of, most_rated
from practical_dl.movies.ranking.models.interactions import Codes, Interactions
from practical_dl.movies.ranking.models.raters import Raters, make_raters

Values = NDArray[np.float64]


@dataclass(frozen=True)
class WideAutoencoder:
    """A regression on the likeness with the users that it was fitted on.

    Attributes:
        strength: how much a liking counts beside having rated (0: not at all).
        kept: numbers of the movies that are ranked (m,), ascending.
        raters: who rated what. norms: of these users' rows (users,). weights: (users, m).
    """

    strength: float
    kept: Codes
    raters: Raters
    norms: Values
    weights: Values

    def scores(self, rows: Interactions) -> Values:
        shared = self.raters.shared(rows, self.strength)
        norms = row_norms(rows, self.strength)
        found = np.zeros((rows.users, rows.movies))
        found[:, self.kept] = tangent_kernel(shared, norms, self.norms) @ self.weights
        return found


def fit_wide_autoencoder(
    train: Interactions, ridge: float, strength: float, most: int, most_users: int
) -> WideAutoencoder:
    """Fit it on at most `most_users` users, for the `most` movies that most users rated.

    Args:
        ridge: added to the diagonal of the users' likeness. strength: as of `WideAutoencoder`.
    """
    kept = most_rated(train.counts(), most)
    chosen = train.rows(evenly_spread(np.flatnonzero(np.diff(train.starts)), most_users))
    raters, norms = make_raters(chosen, strength), row_norms(chosen, strength)
    table = chosen.table(strength)
    alike = tangent_kernel((table @ table.T).toarray(), norms, norms)
    weights = inverse_of(alike, ridge) @ table[:, kept]
    return WideAutoencoder(strength, kept, raters, norms, weights)


def row_norms(rows: Interactions, strength: float) -> Values:
    """The length of each user's row as a vector (users,)."""
    squares = np.bincount(rows.users_of(), rows.weights(strength) ** 2, minlength=rows.users)
    return np.sqrt(squares)


def evenly_spread(users: Codes, most: int) -> Codes:
    """At most `most` of `users`, at equal distances."""
    if len(users) <= most:
        return users
    return users[np.arange(most) * len(users) // most]


def tangent_kernel(shared: Values, norms: Values, others: Values) -> Values:
    """The neural tangent kernel of one hidden layer of rectified linear units, for unit vectors.

    Args:
        shared: inner products (n, m) of vectors with the lengths `norms` (n,) and `others` (m,).
    """
    cosines = shared / np.maximum(np.outer(norms, others), np.finfo(float).tiny)
    cosines = np.clip(cosines, -1, 1)
    angles = np.arccos(cosines)
    slopes = (np.pi - angles) / np.pi
    return 2 * cosines * slopes + np.sqrt(1 - cosines**2) / np.pi
