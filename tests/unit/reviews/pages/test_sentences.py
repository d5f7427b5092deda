"""The sixty sentences: balanced, and scored as they are answered."""

import html

import numpy as np
import pytest

from practical_dl.reviews.models.linear import LinearModel, Sum
from practical_dl.reviews.pages.sentences import (
    CONTRAST,
    IRONY,
    NEGATION,
    SENTENCES,
    answers,
    sentence_blocks,
    sentence_scores,
    share_known,
)

WORDS = ["not", "but"]
ONES = np.ones(2, np.float32)
MODEL = LinearModel(3, [np.array([1, 2])], (Sum(ONES, np.array([-2, 3], np.float32), 0.1),))


def test_there_are_twenty_of_each_kind_and_none_is_there_twice() -> None:
    kinds = [kind for kind, _, _ in SENTENCES]
    assert {kind: kinds.count(kind) for kind in kinds} == {NEGATION: 20, CONTRAST: 20, IRONY: 20}
    assert len({text for _, _, text in SENTENCES}) == 60
    assert sum(label for _, label, _ in SENTENCES) == 27


def test_sentences_are_scored_as_they_are_answered() -> None:
    said = answers(MODEL, WORDS)
    assert said[0] == "blame 87 %"
    scores = sentence_scores({"one": MODEL}, WORDS)
    right = [
        said[place].startswith("praise") == bool(label)
        for place, (_, label, _) in enumerate(SENTENCES)
    ]
    assert scores.loc["one", "All"] == pytest.approx(np.mean(right))
    assert scores.loc["one", NEGATION] == pytest.approx(np.mean(right[:20]))


def test_a_model_that_knows_few_words_is_not_asked() -> None:
    assert share_known(WORDS) < 0.1
    assert sentence_blocks({"one": MODEL}, WORDS) == []
    every = [
        *WORDS,
        *{word.lower() for _, _, text in SENTENCES for word in text.strip(".").split()},
    ]
    text = html.unescape("".join(sentence_blocks({"one": MODEL}, every))).replace("\xa0", " ")
    scores = sentence_scores({"one": MODEL}, every)
    assert f"one has {round(60 * float(scores['All'].iloc[0]))} of 60 right" in text
    assert "Brilliant, if you need help falling asleep." in text
