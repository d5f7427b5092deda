"""The words that drove a linear model: its log-odds, shared out exactly over a review's words.

Of two classes these are the log-odds of the second; of more, those of a class against the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import look_up, ngram_codes, ngram_matrix
from practical_dl.reviews.models.linear import LinearModel, weighted_rows

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """An n-gram and what it adds to the log-odds of a class, of two classes of the second."""

    words: str
    log_odds: float


def ngram_contributions(model: LinearModel, tokens: Ragged) -> list[Values]:
    """Of each of the model's sums, the part (n-grams,) of each known n-gram in its log-odds.

    Args:
        tokens: of one review.
    """
    row = ngram_matrix(tokens, model.known, model.base)
    found = []
    for one in model.sums:
        contributions = np.zeros(len(one.coefficients))
        weighted = weighted_rows(row, one.weights).data.astype(np.float64)
        contributions[row.indices] = weighted * one.coefficients[row.indices]
        found.append(contributions)
    return found


def word_contributions(model: LinearModel, tokens: Ragged, contributions: Values) -> Values:
    """The part (words,) of each word of the one review in `tokens` in the sum of `contributions`.

    An n-gram's part is shared out evenly over its places in the review, and over its words. The
    sum is the log-odds less the intercept.

    Args:
        contributions: (n-grams,) one of `ngram_contributions`, or a difference of two.
    """
    shares = np.zeros(len(tokens[0]))
    first = 0
    for size, known in enumerate(model.known, start=1):
        codes = ngram_codes(tokens, size, model.base)[1]
        places, is_known = look_up(codes, known)
        starts, features = np.flatnonzero(is_known), first + places[is_known]
        times = np.bincount(features, minlength=len(contributions))
        part = contributions[features] / times[features] / size
        for word in range(size):
            np.add.at(shares, starts + word, part)
        first += len(known)
    return shares


def strongest_ngrams(
    model: LinearModel, contributions: Values, words: Sequence[str], count: int
) -> list[Evidence]:
    """The `count` n-grams whose `contributions` are largest, for or against, strongest first."""
    order = np.argsort(-np.abs(contributions), kind="stable")[:count]
    return [
        Evidence(ngram_text(model, int(place), words), float(contributions[place]))
        for place in order
        if contributions[place] != 0
    ]


def ngram_text(model: LinearModel, place: int, words: Sequence[str]) -> str:
    """The words of the n-gram at `place` among all known n-grams."""
    for size, known in enumerate(model.known, start=1):
        if place < len(known):
            code, found = int(known[place]), []
            for _ in range(size):
                code, index = divmod(code, model.base)
                found.append(words[index - 1])
            return " ".join(reversed(found))
        place -= len(known)
    raise IndexError(place)
