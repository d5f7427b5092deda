"""The page of the most confident mistakes, each word shaded by what it added."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.report.page import code_of, fine_print, heading, page
from practical_dl.report.wording import percent
from practical_dl.reviews.corpus.about import About
from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.models.attribution import ngram_contributions, word_contributions
from practical_dl.reviews.models.linear import LinearModel
from practical_dl.reviews.models.runs import Runs
from practical_dl.scoring.metrics import hits

COLOURS = {1: "0, 114, 178", 0: "213, 94, 0"}
SHOWN = 5
"""Mistakes of each kind."""

CONFIDENT = 0.9
CEILING = 0.85
"""Of the shading, so that black text stays readable."""


@dataclass(frozen=True)
class Mistake:
    """A wrong prediction, its probability, the true label, and each word's part of the log-odds.

    These are of two classes for the second, of more for the predicted one against the true one.
    `stars` is '' where the reviews have none.
    """

    review_id: str
    stars: str
    label: int
    called: int
    probability: float
    values: NDArray[np.int32]
    contributions: NDArray[np.float64]


def confident_mistakes(
    runs: Runs, reviews: pd.DataFrame, tokens: Ragged, model: LinearModel, count: int
) -> list[Mistake]:
    """The reviews that were called wrong most surely: `count` of each kind.

    Of two classes there are two kinds of mistakes, the first class for the second and the opposite;
    of more all are of one kind.
    """
    values, offsets = tokens
    rows = {review: row for row, review in enumerate(reviews["review_id"])}
    said = runs.mean()
    called = said.argmax(axis=1)
    is_wrong = called != runs.labels
    two = len(runs.classes) == 2
    kinds = [is_wrong & (runs.labels == label) for label in (0, 1)] if two else [is_wrong]
    found = []
    for wrong in map(np.flatnonzero, kinds):
        surest = wrong[np.argsort(-said[wrong].max(axis=1), kind="stable")][:count]
        for place in surest:
            row, label, other = rows[runs.ids[place]], int(runs.labels[place]), int(called[place])
            own = values[offsets[row] : offsets[row + 1]]
            text = own, np.array([0, len(own)])
            parts = ngram_contributions(model, text)
            found.append(
                Mistake(
                    str(runs.ids[place]),
                    str(reviews["stars"].iloc[row]),
                    label,
                    other,
                    float(said[place, other]),
                    own,
                    word_contributions(
                        model, text, parts[0] if two else parts[other] - parts[label]
                    ),
                )
            )
    return found


def mistakes_page(
    dataset: str,
    about: About,
    title: str,
    mistakes: Sequence[Mistake],
    words: Sequence[str],
    runs: Runs,
    sentences: Sequence[str] = (),
) -> str:
    """The page that shows where the model of this `title` is sure and wrong.

    Args:
        sentences: blocks of `sentences.sentence_blocks`.
    """
    two = len(about.classes) == 2
    spoke = (
        f"{about.a(1)} review, orange ones for {about.a(0)} one"
        if two
        else "the class that the review was given, orange ones for its own"
    )
    blocks: list[str] = []
    for label in (0, 1) if two else ():
        called = f"{about.adjective(label)} reviews that were called {about.adjective(1 - label)}"
        blocks.append(heading(f"{called[0].upper()}{called[1:]}"))
        blocks += [_one(mistake, words, about) for mistake in mistakes if mistake.label == label]
    if not two:
        blocks += [_one(mistake, words, about) for mistake in mistakes]
    blocks += [
        *sentences,
        fine_print(
            f"The model: {title}. Blue words spoke for {spoke}, the darker the more. The model "
            "adds up n-grams of one to three words; an n-gram's part is shared out over its words, "
            "and all parts add up to the log-odds. The text is as the model reads it: lower case, "
            "marks apart. Of each kind the surest mistakes are shown, also those "
            f"below {percent(CONFIDENT, 0)} where few are above."
        ),
        code_of(word_contributions),
    ]
    return page(f"Where is the model sure and wrong? ({dataset})", _finding(runs), blocks)


def _finding(runs: Runs) -> str:
    said = runs.mean()
    right = hits(runs.labels, said)
    sure = said.max(axis=1) >= CONFIDENT
    wrong = int((1 - right).sum())
    sure_wrong = int((1 - right[sure]).sum())
    if not wrong:
        return f"The model is right about all {len(right):,} test reviews."
    called = f"Of {len(right):,} test reviews {wrong:,} are called wrong."
    if not sure.any():
        return called
    return (
        f"{called} Among the {sure.sum():,} that the model was at least {percent(CONFIDENT, 0)} "
        f"sure of: {sure_wrong:,} ({percent(sure_wrong / sure.sum())})."
    )


def _one(mistake: Mistake, words: Sequence[str], about: About) -> str:
    strongest = np.abs(mistake.contributions).max(initial=0) or 1
    spans = [
        _shaded(words[value - 1], part / strongest)
        for value, part in zip(mistake.values, mistake.contributions, strict=True)
    ]
    stars = f" with {mistake.stars} stars" if mistake.stars else ""
    head = (
        f"{mistake.review_id}: {about.adjective(mistake.label)}{stars}, called "
        f"{about.adjective(mistake.called)} with a probability of {percent(mistake.probability)}"
    )
    return f"<h3>{html.escape(head)}</h3>\n<p>{' '.join(spans)}</p>"


def _shaded(word: str, strength: float) -> str:
    text = html.escape(word)
    depth = abs(strength) * CEILING
    if depth < 0.05:
        return text
    colour = COLOURS[int(strength > 0)]
    return f'<span style="background: rgba({colour}, {depth:.2f})">{text}</span>'
