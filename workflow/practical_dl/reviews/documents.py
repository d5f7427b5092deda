"""Document vectors: a review as the point that tells its runs of words from those of others.

PV-DBOW with negative sampling (Le and Mikolov 2014, ICML, section 2.3; Mikolov, Sutskever, Chen,
Corrado, Dean 2013, NeurIPS, section 2.2) on runs of one to three words (Li, Liu, Du, Zhang, Zhao
2016, arXiv:1512.08183). A run of words has a vector too; the product of the two becomes the
log-odds that the run stands in the review and was not drawn from all reviews, that is, the log of
how many times as often it stands there, less that of `DRAWN_WEIGHT`. So vectors are learned from
texts alone, and reviews without a label serve as well as others; a logistic regression then reads
those of the labelled ones.

Every pass takes the reviews in a new order. In a fixed one, with the positive reviews first, the
vectors of the runs drift from the start of a pass to its end, and a review's vector tells its place
and thereby its label: 99 % of reviews held out, none of it from what they say.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import expit

from practical_dl.errors import UserError
from practical_dl.reviews.corpus import Ragged
from practical_dl.reviews.linear import Choice, Labels, Values, best_strength, regress
from practical_dl.reviews.ngrams import known_runs, rows_of, run_matrix

TEXTS: dict[str, dict[str, tuple[str, ...]]] = {
    "documents_train": {"valid": ("train",), "test": ("train", "valid")},
    "documents_all": dict.fromkeys(("valid", "test"), ("train", "valid", "test")),
}
"""Of each model, the roles whose texts the vectors are learned from when a part is scored.

`documents_all` reads the texts of the reviews it is scored on, never their labels (transduction).
"""
CHUNK = 32
DRAWN_WEIGHT = 2
LAST_RATE = 0.1
START = 0.05

Points = NDArray[np.float32]
Track = Callable[[Iterable[int]], Iterable[int]]


@dataclass(frozen=True)
class Recipe:
    """Numbers of a vector, times that each review is gone through, first rate, seed."""

    dimensions: int
    passes: int
    rate: float
    seed: int


@dataclass(frozen=True)
class Counting:
    """Which runs of words count: up to `longest` words, `fewest` times or more in the texts."""

    longest: int
    fewest: int
    base: int


def ask(
    tokens: Ragged,
    labels: Labels,
    roles: NDArray[Any],
    model: str,
    counting: Counting,
    recipes: Sequence[Recipe],
    strengths: Sequence[float],
    track: Track,
) -> dict[str, list[Values]]:
    """Probabilities of a positive review for the validation and the test part, one a recipe.

    The validation films choose the regression's strength; the test is answered by a regression on
    training and validation reviews.

    Args:
        labels: (reviews,) those of the test part are not read.
        roles: (reviews,) train, valid or test.
        model: a key of `TEXTS`.
    """
    is_in = {role: roles == role for role in ("train", "valid", "test")}
    labelled = is_in["train"] | is_in["valid"]
    texts = TEXTS[model]

    def points_for(part: str) -> list[Points]:
        is_text = np.isin(roles, texts[part])
        return points_of_reviews(tokens, is_text, is_in[part], counting, recipes, track)

    for_valid = points_for("valid")
    choices = [
        choose_strength(
            points[is_in["train"]],
            labels[is_in["train"]],
            points[is_in["valid"]],
            labels[is_in["valid"]],
            strengths,
        )
        for points in for_valid
    ]
    for_test = for_valid if texts["test"] == texts["valid"] else points_for("test")
    tested = [
        probabilities(points[labelled], labels[labelled], points[is_in["test"]], choice.strength)
        for points, choice in zip(for_test, choices, strict=True)
    ]
    return {"valid": [choice.positive for choice in choices], "test": tested}


def count_walks(model: str) -> int:
    """How often `ask` goes through all passes: to learn, and to place reviews not learned from."""
    by_texts = {roles: part for part, roles in TEXTS[model].items()}
    return sum(1 if part in roles else 2 for roles, part in by_texts.items())


def points_of_reviews(
    tokens: Ragged,
    is_text: NDArray[np.bool_],
    is_asked: NDArray[np.bool_],
    counting: Counting,
    recipes: Sequence[Recipe],
    track: Track,
) -> list[Points]:
    """Vectors (reviews, dimensions) by each recipe, at length one.

    Zero is a review without a known run, and one in neither part.

    Args:
        is_text: (reviews,) whether the vectors of the runs are learned from a review.
        is_asked: (reviews,) whether a vector is wanted of it if they are not.

    Raises:
        UserError: no run of words stands in the texts often enough.
    """
    from sklearn.preprocessing import normalize

    texts = rows_of(tokens, is_text)
    known = known_runs(texts, counting.longest, counting.base, counting.fewest)
    if not sum(map(len, known)):
        raise UserError(
            f"documents: no run of words stands {counting.fewest} times; lower documents.fewest"
        )
    rows = run_matrix(texts, known, counting.base)
    is_other = is_asked & ~is_text
    others = run_matrix(rows_of(tokens, is_other), known, counting.base)
    found = []
    for recipe in recipes:
        points = np.zeros((len(is_text), recipe.dimensions), np.float32)
        points[is_text], runs = learn_vectors(rows, recipe, track)
        if is_other.any():
            points[is_other] = place_reviews(others, runs, recipe, track)
        found.append(normalize(points))
    return found


def learn_vectors(rows: sp.csr_matrix, recipe: Recipe, track: Track) -> tuple[Points, Points]:
    """Vectors of reviews (reviews, dimensions) and of runs of words (runs, dimensions).

    Args:
        rows: (reviews, runs), an entry where a review has a run.
        track: goes through the numbers of the passes and says how far they are.
    """
    runs = np.zeros((rows.shape[1], recipe.dimensions), np.float32)

    def step(document: Points, chosen: NDArray[np.int32], weight: Points, truth: Points) -> None:
        vectors = runs[chosen]
        pull = weight * (truth - expit(vectors @ document))
        runs[chosen] = vectors + pull[:, None] * document
        document += pull @ vectors

    return _walk(rows, recipe, track, step), runs


def place_reviews(rows: sp.csr_matrix, runs: Points, recipe: Recipe, track: Track) -> Points:
    """Vectors (reviews, dimensions) of reviews that nothing was learned from; `runs` stay."""

    def step(document: Points, chosen: NDArray[np.int32], weight: Points, truth: Points) -> None:
        vectors = runs[chosen]
        pull = weight * (truth - expit(vectors @ document))
        document += pull @ vectors

    return _walk(rows, recipe, track, step)


def _walk(
    rows: sp.csr_matrix,
    recipe: Recipe,
    track: Track,
    step: Callable[[Points, NDArray[np.int32], Points, Points], None],
) -> Points:
    """Vectors of reviews after the passes: `step` by step, some runs of a review and some drawn.

    Runs are drawn as often as they stand in `rows`: from a shuffled copy of all of them, as many
    as the review has, from another place in each pass.
    """
    rng = np.random.default_rng(recipe.seed)
    shape = (rows.shape[0], recipe.dimensions)
    documents = rng.uniform(-START, START, shape).astype(np.float32)
    drawn = np.resize(rng.permutation(rows.indices), 2 * rows.nnz)
    borders = rows.indptr.tolist()
    truth = np.repeat(np.array([1, 0], np.float32), CHUNK)
    for done in track(range(recipe.passes)):
        rate = recipe.rate * (1 - (1 - LAST_RATE) * done / recipe.passes)
        weight = np.repeat(np.array([rate, DRAWN_WEIGHT * rate], np.float32), CHUNK)
        shift = int(rng.integers(rows.nnz))
        for review in rng.permutation(len(documents)).tolist():
            start, end = borders[review], borders[review + 1]
            own, others = rng.permutation(rows.indices[start:end]), drawn[start + shift :]
            for first in range(0, end - start, CHUNK):
                of_review = own[first : first + CHUNK]
                used = np.concatenate([of_review, others[first : first + len(of_review)]])
                middle = slice(CHUNK - len(of_review), CHUNK + len(of_review))
                step(documents[review], used, weight[middle], truth[middle])
    documents[np.diff(rows.indptr) == 0] = 0
    return documents


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
