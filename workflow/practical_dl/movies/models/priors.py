"""The prior of an entity's factors: their mean, from side information, and their precision.

theta_n ~ N(mu + x_n beta, Lambda^-1) with beta drawn from N(0, (lambda Lambda)^-1): Simm et al.
2015, Macau: scalable Bayesian multi-relational factorization with side information; mu and
Lambda as in Salakhutdinov and Mnih 2008, Bayesian probabilistic matrix factorization. Each kind
of features has a lambda of its own.
"""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from practical_dl.movies.models.side_information import Features

Values = NDArray[np.float64]

FIRST_PRECISION = 5.0
FIRST_RIDGE = 10.0
WEAK = 1.0


class Prior:
    """The state of a prior over `count` entities with `width` numbers each.

    Attributes:
        centre: mu (width,).
        precision: Lambda (width, width).
        coefficients: beta of each kind of features in its right singular vectors (r, width).
        explained: x_n beta summed over the kinds (count, width).
    """

    def __init__(self, count: int, width: int, features: Sequence[Features]) -> None:
        self.features = features
        self.centre = np.zeros(width)
        self.precision = FIRST_PRECISION * np.eye(width)
        self.ridges = [FIRST_RIDGE for _ in features]
        self.coefficients = [np.zeros((len(kind.singular), width)) for kind in features]
        self._parts = [np.zeros((count, width)) for _ in features]
        self.explained = np.zeros((count, width))

    def mean(self) -> Values:
        """Expected numbers of each entity: (count, width)."""
        return self.centre + self.explained

    def update(self, theta: Values, rng: Generator) -> None:
        """Draw coefficients, mu and Lambda anew, given the entities' numbers (count, width)."""
        spread = np.linalg.inv(np.linalg.cholesky(self.precision))
        for kind in range(len(self.features)):
            self._draw_coefficients(kind, theta, spread, rng)
        count, width = theta.shape
        rest = theta - self.explained
        noise = rng.standard_normal(width) @ spread
        self.centre = rest.sum(axis=0) / (count + WEAK) + noise / np.sqrt(count + WEAK)
        rest -= self.centre
        scatter = WEAK * (np.eye(width) + np.outer(self.centre, self.centre)) + rest.T @ rest
        freedom = width + 2 + count
        for ridge, beta in zip(self.ridges, self.coefficients, strict=True):
            scatter += ridge * (beta.T @ beta)
            freedom += len(beta)
        self.precision = draw_wishart(freedom, scatter, rng)

    def _draw_coefficients(self, kind: int, theta: Values, spread: Values, rng: Generator) -> None:
        known = self.features[kind]
        rest = theta - self.centre - (self.explained - self._parts[kind])
        precision = known.singular**2 + self.ridges[kind]
        expected = (known.singular / precision)[:, None] * (known.left.T @ rest)
        noise = rng.standard_normal(expected.shape) @ spread
        beta = expected + noise / np.sqrt(precision)[:, None]
        before, part = self._parts[kind], known.left @ (known.singular[:, None] * beta)
        self.explained = self.explained - before + part
        self.coefficients[kind], self._parts[kind] = beta, part
        size = ((beta @ self.precision) * beta).sum()
        self.ridges[kind] = rng.gamma((WEAK + beta.size) / 2) / ((WEAK + size) / 2)


def draw_wishart(freedom: float, scatter: Values, rng: Generator) -> Values:
    """A draw of the Wishart distribution with scale `scatter`^-1 (d, d): Bartlett 1933."""
    width = len(scatter)
    root = np.linalg.inv(np.linalg.cholesky(scatter)).T
    normal = np.tril(rng.standard_normal((width, width)), -1)
    normal[np.diag_indices(width)] = np.sqrt(rng.chisquare(freedom - np.arange(width)))
    drawn = root @ normal
    return drawn @ drawn.T
