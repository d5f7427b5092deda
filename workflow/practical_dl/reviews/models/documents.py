"""Document vectors: a review as a direction, near those of its n-grams and of similar reviews.

PV-DBOW with negative sampling (Le and Mikolov 2014, ICML, section 2.3; Mikolov, Sutskever, Chen,
Corrado, Dean 2013, NeurIPS, section 2.2) on n-grams of one to three words (Li, Liu, Du, Zhang, Zhao
2016, arXiv:1512.08183), with the cosine of two vectors for their product (Thongtan and
Phienthrakul 2019, ACL SRW). An n-gram has a vector too; `STEEPNESS` times the cosine of the
two becomes the log of how many times as often the n-gram stands in the review as in all. So vectors
are learned from texts, and reviews without a label serve as well as others; a logistic regression
then reads those of the labelled ones.

In a pass an n-gram of a review is read or skipped by chance, and read the more often the better it
tells positive from negative reviews, or one class from the rest (naive Bayes sub-sampling: Zhang
and Arefyev 2022, Insights from Negative Results in NLP). Only labels that the regression learns
from too have a say in that.

Every pass takes the reviews in a new order. In a fixed one, with the positive reviews first, the
vectors of the n-grams drift from the start of a pass to its end, and a review's vector tells its
place and thereby its label.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import Counting, known_ngrams, ngram_matrix, rows_of
from practical_dl.reviews.models.against_rest import contests
from practical_dl.reviews.models.linear import (
    Labels,
    log_count_ratios,
)

BLOCK = 32
"""Reviews that take a step together. Each also draws from the n-grams of all of them."""
STEEPNESS = 6
DRAWN = 5
"""N-grams that are drawn, as often as they are read, for one that a review has."""
RARELY = 6
"""An n-gram that tells nothing of the labels is read once in so many times."""
NGRAM_RATE = 1 / 4
"""Learning rate of the n-grams, as a share of the reviews'."""
NGRAM_LENGTH = 0.1
"""Length of an n-gram's first vector; it grows, so that the steps of frequent n-grams shrink."""
LAST_RATE = 0.1

Points = NDArray[np.float32]
Places = NDArray[np.int64]
Own = NDArray[np.bool_]
Track = Callable[[Iterable[int]], Iterable[int]]


@dataclass(frozen=True)
class Training:
    """Dimensions of a vector, passes over all reviews, the first learning rate, the seed."""

    dimensions: int
    passes: int
    rate: float
    seed: int


@dataclass(frozen=True)
class Known:
    """The knowledge of the reviews: texts to learn n-grams from, and labels (reviews,) of some."""

    is_text: NDArray[np.bool_]
    is_labelled: NDArray[np.bool_]
    labels: Labels


def points_of_reviews(
    tokens: Ragged,
    known: Known,
    is_asked: NDArray[np.bool_],
    counting: Counting,
    trainings: Sequence[Training],
    track: Track,
) -> list[Points]:
    """Directions (reviews, dimensions) by each training, of length one.

    Zero is a review without a known n-gram, and one in neither part.

    Args:
        is_asked: (reviews,) whether a vector is wanted even of a review that is no text.

    Raises:
        UserError: no n-gram stands in the texts often enough.
    """
    is_text, texts = known.is_text, rows_of(tokens, known.is_text)
    codes = known_ngrams(texts, counting)
    if not sum(map(len, codes)):
        raise UserError(
            f"documents: no n-gram stands {counting.fewest} times; lower documents.fewest"
        )
    rows = ngram_matrix(texts, codes, counting.base)
    is_labelled = known.is_labelled[is_text]
    labels = known.labels[is_text][is_labelled]
    shares = reading_shares(rows[is_labelled], labels)
    is_other = is_asked & ~is_text
    others = ngram_matrix(rows_of(tokens, is_other), codes, counting.base)
    found = []
    for training in trainings:
        points = np.zeros((len(is_text), training.dimensions), np.float32)
        points[is_text], ngrams = learn_vectors(rows, shares, training, track)
        if is_other.any():
            points[is_other] = place_reviews(others, shares, ngrams, training, track)
        found.append(points)
    return found


def reading_shares(rows: sp.csr_matrix, labels: Labels) -> Points:
    """Chance (n-grams,) that an n-gram is read, by how well it tells some class from the rest."""
    ratios = [np.abs(log_count_ratios(rows, found)) for found in contests(labels)]
    return np.minimum(1, np.exp(np.max(ratios, axis=0)) / RARELY)


def learn_vectors(
    rows: sp.csr_matrix, shares: Points, training: Training, track: Track
) -> tuple[Points, Points]:
    """Directions of reviews (reviews, dimensions), vectors of n-grams (n-grams, dimensions).

    Args:
        rows: (reviews, n-grams), an entry where a review has an n-gram.
        shares: (n-grams,) of `reading_shares`.
        track: goes through the numbers of the passes and says how far they are.
    """
    rng = np.random.default_rng(training.seed)
    documents = np.zeros((rows.shape[0], training.dimensions), np.float32)
    start = rng.standard_normal((rows.shape[1], training.dimensions), np.float32)
    ngrams = NGRAM_LENGTH * _unit(start)
    for rate, reviews, read, own in _visits(rows, shares, training, track, rng):
        lengths = np.linalg.norm(ngrams[read], axis=1, keepdims=True)
        directions = ngrams[read] / lengths
        turned = _turned(documents[reviews], directions, own, rate)
        documents[reviews] = turned
        pulled = _pull(turned, directions, own).T @ turned
        along = np.einsum("ij,ij->i", pulled, directions)[:, None]
        ngrams[read] += NGRAM_RATE * rate / lengths * (pulled - along * directions)
    return documents, ngrams


def place_reviews(
    rows: sp.csr_matrix, shares: Points, ngrams: Points, training: Training, track: Track
) -> Points:
    """Directions (reviews, dimensions) of reviews that nothing was learned from; `ngrams` stay."""
    rng = np.random.default_rng(training.seed)
    documents = np.zeros((rows.shape[0], training.dimensions), np.float32)
    for rate, reviews, read, own in _visits(rows, shares, training, track, rng):
        documents[reviews] = _turned(documents[reviews], _unit(ngrams[read]), own, rate)
    return documents


def _visits(
    rows: sp.csr_matrix,
    shares: Points,
    training: Training,
    track: Track,
    rng: np.random.Generator,
) -> Iterator[tuple[np.float32, Places, Places, Own]]:
    """Yield (learning rate, reviews, the n-grams read in them, which review has which) by batch."""
    count, chances = rows.shape[0], shares[rows.indices]
    for done in track(range(training.passes)):
        rate = np.float32(training.rate * (1 - (1 - LAST_RATE) * done / training.passes))
        is_read = rng.random(rows.nnz, np.float32) < chances
        indices = rows.indices[is_read]
        borders = np.concatenate([[0], np.cumsum(is_read)])[rows.indptr]
        order = rng.permutation(count)
        for first in range(0, count, BLOCK):
            reviews = order[first : first + BLOCK]
            spans = [indices[borders[review] : borders[review + 1]] for review in reviews]
            read, columns = np.unique(np.concatenate(spans), return_inverse=True)
            if len(read):
                own = np.zeros((len(reviews), len(read)), np.bool_)
                own[np.repeat(np.arange(len(reviews)), list(map(len, spans))), columns] = True
                yield rate, reviews, read, own


def _turned(documents: Points, directions: Points, own: Own, rate: np.float32) -> Points:
    """The reviews' directions (reviews, dimensions) after a step towards those of their n-grams."""
    return _unit(documents + rate * (_pull(documents, directions, own) @ directions))


def _pull(documents: Points, directions: Points, own: Own) -> Points:
    """Pull (reviews, n-grams) of each review and n-gram towards each other; below 0 apart.

    It is the slope, by their log-odds, of the log-likelihood of which n-grams are a review's `own`
    and which were drawn. None is drawn: each counts as often as it would be on average.
    """
    likely = 1 / (1 + DRAWN * np.exp(-STEEPNESS * (documents @ directions.T)))
    counts = own.sum(axis=1, keepdims=True, dtype=np.float32)
    shares = own.sum(axis=0, dtype=np.float32) / counts.sum()
    return own * (1 - likely) - DRAWN * counts * shares * likely


def _unit(vectors: Points) -> Points:
    """The vectors (n, dimensions) at length one; zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return vectors / lengths
