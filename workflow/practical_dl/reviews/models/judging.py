"""A linear model's verdict on a text that was typed in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.tokens import encode, is_word, split_words_and_marks
from practical_dl.reviews.models.attribution import Evidence, strongest_ngrams
from practical_dl.reviews.models.linear import LinearModel


@dataclass(frozen=True)
class Judgement:
    """Sentiment (or another class), its probability, and the n-grams that mattered.

    `unknown` are the words of the review that the model has never seen, each once, and `known` the
    share of its different words that it has.
    """

    sentiment: str
    probability: float
    evidence: list[Evidence]
    unknown: list[str]
    known: float


def judge(
    model: LinearModel, words: Sequence[str], text: str, count: int, names: Sequence[str]
) -> Judgement:
    """Judge one review, naming the `count` n-grams that mattered most.

    Args:
        names: of the two classes, by label.

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
    positive = float(model.probabilities(tokens)[0])
    sentiment = names[int(positive >= 0.5)]
    evidence = strongest_ngrams(model, tokens, words, count)
    probability = float(np.maximum(positive, 1 - positive))
    return Judgement(sentiment, probability, evidence, unknown, 1 - len(unknown) / len(own))
