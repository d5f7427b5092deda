"""What document vectors say: which texts they are learned from, and a regression on them.

The vectors themselves are those of `documents`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.job.runtime import Log
from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import Counting
from practical_dl.reviews.models.against_rest import contests, joined
from practical_dl.reviews.models.documents import (
    Known,
    Points,
    Track,
    Training,
    points_of_reviews,
)
from practical_dl.reviews.models.linear import (
    Choice,
    Labels,
    Values,
    best_penalty,
    regress,
    regressed,
)

Roles = tuple[str, ...]
LABELLED: dict[str, Roles] = {"valid": ("train",), "test": ("train", "valid")}
"""Of each part, the roles whose labels may be known when it is scored."""
LEARNED_FROM: dict[str, dict[str, tuple[Roles, Roles]]] = {
    "documents_train": {part: (known, known) for part, known in LABELLED.items()},
    "documents_all": dict.fromkeys(LABELLED, (("train", "valid", "test"), ("train",))),
    "documents_unlabelled": dict.fromkeys(
        LABELLED, (("train", "valid", "test", "unlabelled"), ("train",))
    ),
}
"""Of each model and part, the roles whose texts vectors are learned from, and those whose labels
say which n-grams are read often.

`documents_all` reads the texts of the reviews it is scored on, never their labels (transduction).
As it does not read those of the validation films either, the same vectors serve both parts.
`documents_unlabelled` also reads texts whose labels nobody has.
"""
UNKNOWN = -1
"""The label of such a text."""


@dataclass(frozen=True)
class Texts:
    """Tokens, labels and roles (reviews,): train, valid, test or unlabelled."""

    tokens: Ragged
    labels: Labels
    roles: NDArray[Any]

    def with_unlabelled(self, others: Ragged) -> "Texts":
        """These texts and others, of which no label is known."""
        values, offsets = self.tokens
        count = len(others[1]) - 1
        joined_offsets = np.concatenate([offsets, offsets[-1] + others[1][1:]])
        return Texts(
            (np.concatenate([values, others[0]]), joined_offsets),
            np.concatenate([self.labels, np.full(count, UNKNOWN)]),
            np.concatenate([self.roles, np.full(count, "unlabelled", dtype=object)]),
        )


@dataclass(frozen=True)
class Scored:
    """Probabilities (n, classes) of the validation and of the test part, one per training.

    `taught` are those of the unlabelled texts, means over the trainings, from the labels that may
    be known when a part is scored; empty where there are no such texts.
    """

    parts: dict[str, list[Values]]
    taught: dict[str, Values]


def score_documents(
    texts: Texts,
    model: str,
    counting: Counting,
    trainings: Sequence[Training],
    penalties: Sequence[float],
    track: Track,
) -> Scored:
    """Learn vectors, and from them what class each review is of.

    The validation films choose the regression's penalty; the test is answered by a regression on
    training and validation reviews.

    Args:
        texts: the labels of the test part are not read.
        model: a key of `LEARNED_FROM`.
    """
    tokens, labels, roles = texts.tokens, texts.labels, texts.roles
    is_in = {role: roles == role for role in ("train", "valid", "test")}
    points_by_source: dict[tuple[Roles, Roles], list[Points]] = {}
    for part, source in LEARNED_FROM[model].items():
        if source not in points_by_source:
            is_text, is_labelled = (np.isin(roles, of_source) for of_source in source)
            known = Known(is_text, is_labelled, labels)
            points_by_source[source] = points_of_reviews(
                tokens, known, is_in[part], counting, trainings, track
            )
    points_for = {part: points_by_source[source] for part, source in LEARNED_FROM[model].items()}
    choices = [
        choose_penalty(
            points[is_in["train"]],
            labels[is_in["train"]],
            points[is_in["valid"]],
            labels[is_in["valid"]],
            penalties,
        )
        for points in points_for["valid"]
    ]

    def said(part: str, role: str) -> list[Values]:
        learned = np.isin(roles, LABELLED[part])
        return [
            probabilities(points[learned], labels[learned], points[roles == role], choice.penalty)
            for points, choice in zip(points_for[part], choices, strict=True)
        ]

    scored = {"valid": [choice.probabilities for choice in choices], "test": said("test", "test")}
    taught = {
        part: np.mean(said(part, "unlabelled"), axis=0)
        for part in LABELLED
        if (roles == "unlabelled").any()
    }
    return Scored(scored, taught)


def count_walks(model: str) -> int:
    """Walks through all passes of `score_documents`: to learn, and to place the other reviews."""
    part_by_source = {source: part for part, source in LEARNED_FROM[model].items()}
    return sum(1 if part in read else 2 for (read, _), part in part_by_source.items())


def passes_tracker(log: Log, in_all: int) -> Track:
    """Report the passes of all walks together as the progress of one job."""
    done = count(1)

    def track(passes: Iterable[int]) -> Iterator[int]:
        for number in passes:
            yield number
            log.progress(next(done), in_all, "passes")

    return track


def choose_penalty(
    points: Points,
    labels: Labels,
    valid: Points,
    valid_labels: Labels,
    penalties: Sequence[float],
) -> Choice:
    """Fit regressions with each penalty on the training points; compare them on the validation."""
    found = {penalty: probabilities(points, labels, valid, penalty) for penalty in penalties}
    return best_penalty(found, valid_labels)


def probabilities(points: Points, labels: Labels, asked: Points, penalty: float) -> Values:
    """Probabilities (asked, classes), learned from the labelled points."""
    return joined(
        [regressed(asked, *regress(points, is_class, penalty)) for is_class in contests(labels)]
    )
