"""A linear model's verdict on a text that was typed in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.tokens import encode, is_word, split_words_and_marks
from practical_dl.reviews.models.attribution import (
    Evidence,
    ngram_contributions,
    strongest_ngrams,
)
from practical_dl.reviews.models.linear import LinearModel


@dataclass(frozen=True)
class Verdict:
    """A class, its probability, and the n-grams that spoke for it or against it."""

    name: str
    probability: float
    evidence: list[Evidence]


@dataclass(frozen=True)
class Judgement:
    """Sentiment (or another class), its probability, and the n-grams that mattered.

    Of two classes `evidence` speaks of the second; of more, of the one that was chosen. `unknown`
    are the words of the review that the model has never seen, each once, and `known` the share of
    its different words that it has. `classes` are all of them where there are more than two, the
    most probable one first.
    """

    sentiment: str
    probability: float
    evidence: list[Evidence]
    unknown: list[str]
    known: float
    classes: list[Verdict]


def judge(
    model: LinearModel, words: Sequence[str], text: str, count: int, names: Sequence[str]
) -> Judgement:
    """Judge one review, naming the `count` n-grams that mattered most.

    Args:
        names: of the classes, by label.

    Raises:
        UserError: the text is empty, or the model knows none of its words; marks are no words.
    """
    if not text.strip():
        raise UserError("empty review; write some words")
    known = set(words)
    own = [word for word in dict.fromkeys(split_words_and_marks(text)) if is_word(word)]
    if not own:
        raise UserError("has no word; write some")
    unknown = [word for word in own if word not in known]
    if len(unknown) == len(own):
        raise UserError("the model knows none of its words; write it in the reviews' language")
    tokens = encode([text], words, split_words_and_marks)
    [probabilities] = model.probabilities(tokens)
    evidence = [
        strongest_ngrams(model, contributions, words, count)
        for contributions in ngram_contributions(model, tokens)
    ]
    order = np.argsort(-probabilities, kind="stable")
    of_all = [
        Verdict(names[label], float(probabilities[label]), evidence[label])
        for label in (order if len(evidence) > 1 else ())
    ]
    return Judgement(
        names[order[0]],
        float(probabilities[order[0]]),
        of_all[0].evidence if of_all else evidence[0],
        unknown,
        1 - len(unknown) / len(own),
        of_all,
    )
