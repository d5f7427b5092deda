"""Linear models of reviews: the weighted n-grams of a review, and one sum.

A review is a row of ones for the n-grams that it has; each n-gram is weighted, the row brought to
length one, and a logistic regression adds up. The weights make the model: none (a bag of words),
the inverse document frequency, or the log of how much more often an n-gram stands in positive than
in negative reviews (Wang and Manning 2012, ACL: NB-SVM, here with the logistic loss, whose
probabilities mean what they say).

Of more than two classes each is told from all others by such a sum of its own, and the
probabilities are brought to one (one against the rest, as scikit-learn does it).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

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
from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import (
    Codes,
    Counting,
    known_ngrams,
    ngram_matrix,
    rows_of,
)
from practical_dl.reviews.models.against_rest import contests, joined
from practical_dl.scoring.metrics import log_losses

Values = NDArray[np.float64]
Labels = NDArray[np.int64]
Weights = NDArray[np.float32]

LINEAR_NAMES = ("words", "weights", "coefficients")
LINEAR_ATTRIBUTES = ("intercept", "longest_run")


@dataclass(frozen=True)
class Counted:
    """The known n-grams of texts by length, and which review has which: (reviews, n-grams)."""

    base: int
    known: list[Codes]
    rows: sp.csr_matrix


def count_ngrams(tokens: Ragged, counting: Counting) -> Counted:
    """Count the n-grams of the reviews in `tokens`."""
    known = known_ngrams(tokens, counting)
    return Counted(counting.base, known, ngram_matrix(tokens, known, counting.base))


@dataclass(frozen=True)
class Sum:
    """What tells one class from the rest: of each n-gram its weight in a row and its coefficient.

    Both are (n-grams,); the sum over a review's n-grams is the log-odds of that class.
    """

    weights: Weights
    coefficients: Weights
    intercept: float

    def of_rows(self, rows: sp.csr_matrix) -> Values:
        """Probability (reviews,) of the class from rows (reviews, n-grams) of `ngram_matrix`."""
        return regressed(weighted_rows(rows, self.weights), self.coefficients, self.intercept)


@dataclass(frozen=True)
class LinearModel:
    """Known n-grams by length, and a sum: of two classes for the second, of more for each."""

    base: int
    known: list[Codes]
    sums: tuple[Sum, ...]

    def probabilities(self, tokens: Ragged) -> Values:
        """Probabilities (reviews, classes)."""
        return self.of_rows(ngram_matrix(tokens, self.known, self.base))

    def of_rows(self, rows: sp.csr_matrix) -> Values:
        """The same from the rows (reviews, n-grams) of `ngram_matrix`."""
        return joined([one.of_rows(rows) for one in self.sums])


def no_weights(rows: sp.csr_matrix, _: Labels) -> Weights:
    """Every n-gram alike: a bag of words."""
    return np.ones(rows.shape[1], np.float32)


def inverse_frequencies(rows: sp.csr_matrix, _: Labels) -> Weights:
    """One plus the log of reviews per review that has the n-gram, as scikit-learn has it."""
    having = np.asarray(rows.sum(axis=0)).ravel()
    return (1 + np.log(rows.shape[0] / having)).astype(np.float32)


def log_count_ratios(rows: sp.csr_matrix, labels: Labels) -> Weights:
    """Log of the n-gram's share of all n-grams in positive reviews over that in negative ones.

    Every n-gram is counted once more than it stands there (Wang and Manning 2012, section 2.1).
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
WORDS_ONLY, *WITH_NGRAMS = WEIGHTINGS
"""The model of single words, whatever the configuration says of n-grams, and the others."""


@dataclass(frozen=True)
class Choice:
    """The penalty with the lowest log loss on validation, all losses, and its probabilities."""

    penalty: float
    losses: dict[float, float]
    probabilities: Values


@dataclass(frozen=True)
class Fitted:
    """The final model, the choice of its penalty, and what it says of the test (n, classes)."""

    model: LinearModel
    choice: Choice
    test: Values


def fit_linear_models(
    tokens: Ragged,
    labels: Labels,
    roles: NDArray[Any],
    counting: Counting,
    penalties: Sequence[float],
) -> Iterator[tuple[str, Fitted]]:
    """Every model of `WEIGHTINGS` with its name; models of the same n-grams count them once.

    Args:
        labels: (reviews,) those of the test part are not read.
        roles: (reviews,) train, valid or test.
        penalties: inverse ones, scikit-learn's C, of which the validation films choose.

    Raises:
        UserError: no n-gram stands in the training reviews often enough.
    """
    for names, longest in (((WORDS_ONLY,), 1), (WITH_NGRAMS, counting.longest)):
        counted = replace(counting, longest=longest)
        yield from _fit_on_ngrams(tokens, labels, roles, names, counted, penalties)


def _fit_on_ngrams(
    tokens: Ragged,
    labels: Labels,
    roles: NDArray[Any],
    names: Sequence[str],
    counting: Counting,
    penalties: Sequence[float],
) -> Iterator[tuple[str, Fitted]]:
    part = {role: rows_of(tokens, roles == role) for role in ("train", "valid", "test")}
    train = count_ngrams(part["train"], counting)
    if not train.rows.shape[1]:
        raise UserError(
            f"linear: no n-gram stands {counting.fewest} times in the training reviews; "
            "lower linear.fewest, or give more reviews"
        )
    valid_rows = ngram_matrix(part["valid"], train.known, counting.base)
    of_train, of_valid = (labels[roles == role] for role in ("train", "valid"))
    choices = {
        name: choose_penalty(train, of_train, valid_rows, of_valid, name, penalties)
        for name in names
    }
    every = np.isin(roles, ["train", "valid"])
    counted = count_ngrams(rows_of(tokens, every), counting)
    test_rows = ngram_matrix(part["test"], counted.known, counting.base)
    for name, choice in choices.items():
        model = fit_linear(counted, labels[every], name, choice.penalty)
        yield name, Fitted(model, choice, model.of_rows(test_rows))


def choose_penalty(
    train: Counted,
    labels: Labels,
    valid_rows: sp.csr_matrix,
    valid_labels: Labels,
    weighting: str,
    penalties: Sequence[float],
) -> Choice:
    """Fit one model per penalty on the training reviews; compare them on the validation films."""
    against_rest: dict[float, list[Values]] = {penalty: [] for penalty in penalties}
    for is_class in contests(labels):
        weights = WEIGHTINGS[weighting](train.rows, is_class)
        rows, asked = (weighted_rows(given, weights) for given in (train.rows, valid_rows))
        for penalty in penalties:
            against_rest[penalty].append(regressed(asked, *regress(rows, is_class, penalty)))
    found = {penalty: joined(of_penalty) for penalty, of_penalty in against_rest.items()}
    return best_penalty(found, valid_labels)


def best_penalty(probabilities: Mapping[float, Values], labels: Labels) -> Choice:
    """The penalty whose probabilities (n, classes) have the lowest log loss."""
    losses = {
        penalty: float(log_losses(labels, found).mean()) for penalty, found in probabilities.items()
    }
    best = min(losses, key=losses.__getitem__)
    return Choice(best, losses, probabilities[best])


def fit_linear(counted: Counted, labels: Labels, weighting: str, penalty: float) -> LinearModel:
    """Weight and fit; `penalty` is scikit-learn's C, so it is an inverse one."""
    sums = []
    for is_class in contests(labels):
        weights = WEIGHTINGS[weighting](counted.rows, is_class)
        sums.append(Sum(weights, *regress(weighted_rows(counted.rows, weights), is_class, penalty)))
    return LinearModel(counted.base, counted.known, tuple(sums))


def regress(rows: sp.csr_matrix, labels: Labels, penalty: float) -> tuple[Weights, float]:
    """Coefficients and intercept of a logistic regression with an L2 penalty (inverse: C).

    The solver goes through the rows in a drawn order, here always the same: equal rows give equal
    bytes.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        C=penalty, solver="liblinear", dual=True, max_iter=200, random_state=0
    )
    model.fit(rows, labels)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def regressed(rows: sp.csr_matrix | Weights, coefficients: Weights, intercept: float) -> Values:
    """Probability (n,) of the class that a regression tells from the rest."""
    return expit((rows @ coefficients).astype(np.float64) + intercept)


def weighted_rows(rows: sp.csr_matrix, weights: Weights) -> sp.csr_matrix:
    """`rows` times `weights`, each row brought to length one; an empty row stays empty."""
    weighted = rows.copy()
    weighted.data = rows.data * weights[rows.indices]
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scale = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    weighted.data *= np.repeat(scale.astype(np.float32), np.diff(weighted.indptr))
    return weighted


def write_linear(path: str | Path, model: LinearModel, words: Sequence[str]) -> None:
    """Write a model with the words whose places, counted from 1, its n-grams are made of."""

    def write(file: h5py.File) -> None:
        write_column(file, "words", np.array(words, dtype=object))
        for name, codes in zip(ngram_names(len(model.known)), model.known, strict=True):
            file.create_dataset(name, data=codes)
        file.create_dataset("weights", data=_stacked([one.weights for one in model.sums]))
        file.create_dataset("coefficients", data=_stacked([one.coefficients for one in model.sums]))
        file.attrs["intercept"] = _stacked([one.intercept for one in model.sums])
        file.attrs["longest_run"] = len(model.known)

    write_hdf5(path, write)


def _stacked(of_sums: Sequence[Any]) -> Any:
    """(n-grams,) where there is one sum, else (sums, n-grams)."""
    return of_sums[0] if len(of_sums) == 1 else np.array(of_sums)


def ngram_names(longest: int) -> list[str]:
    """The data sets of the known n-grams of one word, two words and so on."""
    return [f"runs_{size}" for size in range(1, longest + 1)]


def read_linear(path: str | Path) -> tuple[LinearModel, list[str]]:
    """Read what `write_linear` wrote.

    Raises:
        UserError: the file is absent, damaged or of another contract.
    """
    with open_hdf5(path, LINEAR_NAMES, LINEAR_ATTRIBUTES) as file:
        names = ngram_names(int(file.attrs["longest_run"]))
        require_parts(path, file, names)
        words = read_column(file, "words").tolist()
        known = [file[name][:] for name in names]
        weights, coefficients = (
            np.atleast_2d(file[name][:]) for name in ("weights", "coefficients")
        )
        intercepts = np.atleast_1d(file.attrs["intercept"]).astype(float).tolist()
    sums = tuple(Sum(*one) for one in zip(weights, coefficients, intercepts, strict=True))
    return LinearModel(len(words) + 1, known, sums), words
