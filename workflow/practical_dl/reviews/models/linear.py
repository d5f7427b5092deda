"""Linear models of reviews: which runs of words stand in them, weighted, and one sum.

A review is a row of ones for the runs that it has; each run is weighted, the row brought to length
one, and a logistic regression adds up. The weights make the model: none (a bag of words), the
inverse document frequency, or the log of how much more often a run stands in positive than in
negative reviews (Wang and Manning 2012, ACL: NB-SVM, here with the logistic loss, whose
probabilities mean what they say).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import expit

from practical_dl.files.artefacts import (
    open_hdf5,
    read_column,
    require_parts,
    write_column,
    write_hdf5,
)
from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import Codes, known_runs, run_matrix
from practical_dl.scoring.metrics import log_losses

Values = NDArray[np.float64]
Labels = NDArray[np.int64]
Weights = NDArray[np.float32]

LINEAR_NAMES = ("words", "weights", "coefficients")
LINEAR_ATTRIBUTES = ("intercept", "longest_run")


@dataclass(frozen=True)
class LinearModel:
    """Known runs by length, and of each its weight in a row and its coefficient."""

    base: int
    known: list[Codes]
    weights: Weights
    coefficients: Weights
    intercept: float

    def matrix(self, tokens: Ragged) -> sp.csr_matrix:
        """Weighted rows of length one: (reviews, runs)."""
        return weighted_rows(run_matrix(tokens, self.known, self.base), self.weights)

    def probabilities(self, tokens: Ragged) -> Values:
        """Probability (reviews,) that a review is positive."""
        return expit((self.matrix(tokens) @ self.coefficients).astype(np.float64) + self.intercept)


def no_weights(rows: sp.csr_matrix, _: Labels) -> Weights:
    """Every run alike: a bag of words."""
    return np.ones(rows.shape[1], np.float32)


def inverse_frequencies(rows: sp.csr_matrix, _: Labels) -> Weights:
    """One plus the log of reviews per review that has the run, as scikit-learn has it."""
    having = np.asarray(rows.sum(axis=0)).ravel()
    return (1 + np.log(rows.shape[0] / having)).astype(np.float32)


def log_count_ratios(rows: sp.csr_matrix, labels: Labels) -> Weights:
    """Log of the run's share of all runs in positive reviews over that in negative ones.

    Every run is counted once more than it stands there (Wang and Manning 2012, section 2.1).
    """
    shares = []
    for label in (1, 0):
        counts = 1 + np.asarray(rows[labels == label].sum(axis=0), np.float64).ravel()
        shares.append(counts / counts.sum())
    return np.log(shares[0] / shares[1]).astype(np.float32)


WEIGHTINGS: dict[str, Callable[[sp.csr_matrix, Labels], Weights]] = {
    "bag_of_words": no_weights,
    "tfidf": inverse_frequencies,
    "nb_svm": log_count_ratios,
}


@dataclass(frozen=True)
class Choice:
    """The strength with the lowest log loss on validation, all losses, and its probabilities."""

    strength: float
    losses: dict[float, float]
    positive: Values


def choose_strength(
    train: Ragged,
    labels: Labels,
    valid: Ragged,
    valid_labels: Labels,
    weighting: str,
    longest: int,
    fewest: int,
    base: int,
    strengths: Sequence[float],
) -> Choice:
    """Fit one model a strength on the training reviews and compare them on the validation films."""
    known = known_runs(train, longest, base, fewest)
    rows = run_matrix(train, known, base)
    weights = WEIGHTINGS[weighting](rows, labels)
    rows = weighted_rows(rows, weights)
    valid_rows = weighted_rows(run_matrix(valid, known, base), weights)
    positive = {}
    for strength in strengths:
        coefficients, intercept = regress(rows, labels, strength)
        positive[strength] = expit((valid_rows @ coefficients).astype(np.float64) + intercept)
    return best_strength(positive, valid_labels)


def best_strength(positive: Mapping[float, Values], labels: Labels) -> Choice:
    """Of the probabilities (n,) that each strength gave, those with the lowest log loss."""
    losses = {
        strength: float(log_losses(labels, np.column_stack([1 - found, found])).mean())
        for strength, found in positive.items()
    }
    best = min(losses, key=losses.__getitem__)
    return Choice(best, losses, positive[best])


def fit_linear(
    tokens: Ragged,
    labels: Labels,
    weighting: str,
    longest: int,
    fewest: int,
    base: int,
    strength: float,
) -> LinearModel:
    """Count, weight and fit; `strength` is scikit-learn's C, the inverse of the penalty."""
    known = known_runs(tokens, longest, base, fewest)
    rows = run_matrix(tokens, known, base)
    weights = WEIGHTINGS[weighting](rows, labels)
    coefficients, intercept = regress(weighted_rows(rows, weights), labels, strength)
    return LinearModel(base, known, weights, coefficients, intercept)


def regress(rows: sp.csr_matrix, labels: Labels, strength: float) -> tuple[Weights, float]:
    """Coefficients and intercept of a logistic regression with an L2 penalty.

    The solver goes through the rows in a drawn order, here always the same: equal rows give equal
    bytes.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        C=strength, solver="liblinear", dual=True, max_iter=200, random_state=0
    )
    model.fit(rows, labels)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def weighted_rows(rows: sp.csr_matrix, weights: Weights) -> sp.csr_matrix:
    """`rows` times `weights`, each row brought to length one; an empty row stays empty."""
    weighted = rows.copy()
    weighted.data = rows.data * weights[rows.indices]
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scale = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    weighted.data *= np.repeat(scale.astype(np.float32), np.diff(weighted.indptr))
    return weighted


def write_linear(path: str | Path, model: LinearModel, words: Sequence[str]) -> None:
    """Write a model with the words whose places, counted from 1, its runs are made of."""

    def write(file: h5py.File) -> None:
        write_column(file, "words", np.array(words, dtype=object))
        for name, codes in zip(run_names(len(model.known)), model.known, strict=True):
            file.create_dataset(name, data=codes)
        file.create_dataset("weights", data=model.weights)
        file.create_dataset("coefficients", data=model.coefficients)
        file.attrs["intercept"] = model.intercept
        file.attrs["longest_run"] = len(model.known)

    write_hdf5(path, write)


def run_names(longest_run: int) -> list[str]:
    """The data sets of the known runs of one word, two words and so on."""
    return [f"runs_{run}" for run in range(1, longest_run + 1)]


def read_linear(path: str | Path) -> tuple[LinearModel, list[str]]:
    """Read what `write_linear` wrote.

    Raises:
        UserError: the file is absent, damaged or of another contract.
    """
    with open_hdf5(path, LINEAR_NAMES, LINEAR_ATTRIBUTES) as file:
        runs = run_names(int(file.attrs["longest_run"]))
        require_parts(path, file, runs)
        words = read_column(file, "words").tolist()
        known = [file[name][:] for name in runs]
        model = LinearModel(
            len(words) + 1,
            known,
            file["weights"][:],
            file["coefficients"][:],
            float(file.attrs["intercept"]),
        )
    return model, words
