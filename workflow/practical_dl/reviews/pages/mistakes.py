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
from practical_dl.reviews.models.attribution import word_contributions
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
    """A wrong prediction, the true label, and each word's part of the log-odds.

    `stars` is '' where the reviews have none.
    """

    review_id: str
    stars: str
    label: int
    positive: float
    values: NDArray[np.int32]
    contributions: NDArray[np.float64]


def confident_mistakes(
    runs: Runs, reviews: pd.DataFrame, tokens: Ragged, model: LinearModel, count: int
) -> list[Mistake]:
    """The `count` reviews of the first class called the second most surely, then the opposite."""
    values, offsets = tokens
    rows = {review: row for row, review in enumerate(reviews["review_id"])}
    positive = runs.positive.mean(axis=1)
    found = []
    for label in (0, 1):
        wrong = np.flatnonzero((runs.labels == label) & ((positive > 0.5) != label))
        surest = wrong[np.argsort(-np.abs(positive[wrong] - 0.5), kind="stable")][:count]
        for place in surest:
            row = rows[runs.ids[place]]
            own = values[offsets[row] : offsets[row + 1]]
            parts = word_contributions(model, (own, np.array([0, len(own)])))
            found.append(
                Mistake(
                    str(runs.ids[place]),
                    str(reviews["stars"].iloc[row]),
                    label,
                    float(positive[place]),
                    own,
                    parts,
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
) -> str:
    """The page that shows where the model of this `title` is sure and wrong."""
    blocks: list[str] = []
    for label in (0, 1):
        called = f"{about.adjective(label)} reviews that were called {about.adjective(1 - label)}"
        blocks.append(heading(f"{called[0].upper()}{called[1:]}"))
        blocks += [_one(mistake, words, about) for mistake in mistakes if mistake.label == label]
    blocks += [
        fine_print(
            f"The model: {title}. Blue words spoke for {about.a(1)} review, orange ones for "
            f"{about.a(0)} one, the darker the more. The model adds up n-grams of one to three "
            "words; an n-gram's part is shared out over its words, and all parts add up to the "
            "log-odds. The text is as the model reads it: lower case, marks apart. Of each kind "
            "the surest mistakes are shown, also those "
            f"below {percent(CONFIDENT, 0)} where few are above."
        ),
        code_of(word_contributions),
    ]
    return page(f"Where is the model sure and wrong? ({dataset})", _finding(runs), blocks)


def _finding(runs: Runs) -> str:
    positive = runs.positive.mean(axis=1)
    both = np.column_stack([1 - positive, positive])
    right = hits(runs.labels, both)
    sure = np.maximum(positive, 1 - positive) >= CONFIDENT
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
    said = mistake.positive if mistake.label == 0 else 1 - mistake.positive
    stars = f" with {mistake.stars} stars" if mistake.stars else ""
    head = (
        f"{mistake.review_id}: {about.adjective(mistake.label)}{stars}, called "
        f"{about.adjective(1 - mistake.label)} with a probability of {percent(said)}"
    )
    return f"<h3>{html.escape(head)}</h3>\n<p>{' '.join(spans)}</p>"


def _shaded(word: str, strength: float) -> str:
    text = html.escape(word)
    depth = abs(strength) * CEILING
    if depth < 0.05:
        return text
    colour = COLOURS[int(strength > 0)]
    return f'<span style="background: rgba({colour}, {depth:.2f})">{text}</span>'
