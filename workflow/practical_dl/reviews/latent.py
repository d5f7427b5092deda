"""Latent semantic analysis: a review as a point in the few directions in which texts differ most.

Rows of runs of words, weighted by inverse document frequency, are projected onto their largest
singular vectors (Deerwester, Dumais, Furnas, Landauer, Harshman 1990, JASIS). The directions are
learned from texts alone, so reviews without a label serve as well as others; a logistic regression
then reads the points of the labelled ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import expit

from practical_dl.errors import UserError
from practical_dl.reviews.corpus import Ragged
from practical_dl.reviews.linear import (
    Choice,
    Labels,
    Values,
    Weights,
    best_strength,
    regress,
    weighted_rows,
)
from practical_dl.reviews.ngrams import Codes, known_runs, run_matrix

TEXTS = {
    "latent_train": {"valid": ("train",), "test": ("train", "valid")},
    "latent_all": dict.fromkeys(("valid", "test"), ("train", "valid", "test")),
}
"""Of each model, the roles whose texts give the directions with which a part is scored.

`latent_all` reads the texts of the reviews it is scored on, never their labels (transduction).
"""
PASSES = 3

Points = NDArray[np.float32]


@dataclass(frozen=True)
class LatentSpace:
    """Known runs by length, the weight of each, and the directions (runs, dimensions)."""

    base: int
    known: list[Codes]
    weights: Weights
    directions: Points

    def points(self, tokens: Ragged) -> Points:
        """The reviews (reviews, dimensions) at length one; one without a known run is zero."""
        from sklearn.preprocessing import normalize

        rows = weighted_rows(run_matrix(tokens, self.known, self.base), self.weights)
        points: Points = normalize(rows @ self.directions)
        return points


def learn_space(
    tokens: Ragged, longest: int, fewest: int, base: int, dimensions: int, seed: int
) -> LatentSpace:
    """Directions of texts: runs of one to `longest` words that stand `fewest` times or more.

    The largest singular vectors are found by random projection and three passes of power
    iteration (Halko, Martinsson, Tropp 2011, SIAM Review, algorithm 4.4).

    Raises:
        UserError: there are not more reviews and runs than dimensions.
    """
    from sklearn.decomposition import TruncatedSVD

    known = known_runs(tokens, longest, base, fewest)
    rows = run_matrix(tokens, known, base)
    if min(rows.shape) <= dimensions:
        raise UserError(
            f"latent: {rows.shape[0]:,} reviews with {rows.shape[1]:,} runs of words have no "
            f"{dimensions:,} directions; lower latent.dimensions"
        )
    weights = inverse_frequencies(rows)
    svd = TruncatedSVD(dimensions, n_iter=PASSES, random_state=seed).fit(
        weighted_rows(rows, weights)
    )
    return LatentSpace(base, known, weights, svd.components_.T.astype(np.float32))


def inverse_frequencies(rows: sp.csr_matrix) -> Weights:
    """Log of reviews per review that has the run: a run that all have tells nothing."""
    having = np.asarray(rows.sum(axis=0)).ravel()
    return np.log(rows.shape[0] / having).astype(np.float32)


def choose_strength(
    points: Points,
    labels: Labels,
    valid: Points,
    valid_labels: Labels,
    strengths: Sequence[float],
) -> Choice:
    """Fit one regression a strength on the training points and compare them on the validation."""
    positive = {strength: probabilities(points, labels, valid, strength) for strength in strengths}
    return best_strength(positive, valid_labels)


def probabilities(points: Points, labels: Labels, asked: Points, strength: float) -> Values:
    """Probability (asked,) of a positive review, learned from the labelled points."""
    coefficients, intercept = regress(points, labels, strength)
    return expit((asked @ coefficients).astype(np.float64) + intercept)
