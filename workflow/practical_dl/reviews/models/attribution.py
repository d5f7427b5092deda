"""The words that drove a linear model: its log-odds, shared out exactly over a review's words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import look_up, ngram_codes
from practical_dl.reviews.models.linear import LinearModel

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """An n-gram and what it adds to the log-odds of a positive review."""

    words: str
    log_odds: float


def ngram_contributions(model: LinearModel, tokens: Ragged) -> Values:
    """The part (n-grams,) of each known n-gram in the log-odds of the one review in `tokens`."""
    contributions = np.zeros(len(model.coefficients))
    row = model.matrix(tokens)
    contributions[row.indices] = row.data.astype(np.float64) * model.coefficients[row.indices]
    return contributions


def word_contributions(model: LinearModel, tokens: Ragged) -> Values:
    """The part (words,) of each word in the log-odds of the one review in `tokens`.

    An n-gram's part is shared out evenly over its places in the review, and over its words. The
    sum is the log-odds less the intercept.
    """
    contributions = ngram_contributions(model, tokens)
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
    model: LinearModel, tokens: Ragged, words: Sequence[str], count: int
) -> list[Evidence]:
    """The `count` n-grams that add most to the log-odds, for or against, strongest first."""
    contributions = ngram_contributions(model, tokens)
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
