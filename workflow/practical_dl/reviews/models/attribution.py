"""Which words drove a linear model: its log-odds, shared out over the words of a review exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import look_up, run_codes
from practical_dl.reviews.models.linear import LinearModel

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """A run of words and what it adds to the log-odds of a positive review."""

    words: str
    log_odds: float


def run_contributions(model: LinearModel, tokens: Ragged) -> Values:
    """What each known run adds to the log-odds of the one review in `tokens`: (runs,)."""
    contributions = np.zeros(len(model.coefficients))
    row = model.matrix(tokens)
    contributions[row.indices] = row.data.astype(np.float64) * model.coefficients[row.indices]
    return contributions


def word_contributions(model: LinearModel, tokens: Ragged) -> Values:
    """What each word of the one review in `tokens` adds to the log-odds: (words,).

    A run's part is shared out evenly over the places where it stands, and over its words. The sum
    is the log-odds less the intercept.
    """
    contributions = run_contributions(model, tokens)
    shares = np.zeros(len(tokens[0]))
    first = 0
    for run, known in enumerate(model.known, start=1):
        codes = run_codes(tokens, run, model.base)[1]
        places, is_known = look_up(codes, known)
        starts, features = np.flatnonzero(is_known), first + places[is_known]
        times = np.bincount(features, minlength=len(contributions))
        part = contributions[features] / times[features] / run
        for word in range(run):
            np.add.at(shares, starts + word, part)
        first += len(known)
    return shares


def strongest_runs(
    model: LinearModel, tokens: Ragged, words: Sequence[str], count: int
) -> list[Evidence]:
    """The `count` runs that add most to the log-odds, for or against, strongest first."""
    contributions = run_contributions(model, tokens)
    order = np.argsort(-np.abs(contributions), kind="stable")[:count]
    return [
        Evidence(run_text(model, int(place), words), float(contributions[place]))
        for place in order
        if contributions[place] != 0
    ]


def run_text(model: LinearModel, place: int, words: Sequence[str]) -> str:
    """The words of the run at `place` among all known runs."""
    for run, known in enumerate(model.known, start=1):
        if place < len(known):
            code, found = int(known[place]), []
            for _ in range(run):
                code, index = divmod(code, model.base)
                found.append(words[index - 1])
            return " ".join(reversed(found))
        place -= len(known)
    raise IndexError(place)
