"""Words, vocabulary, encoding and padding."""

import json
import os
import string
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.files import read_word_index
from practical_dl.reviews.corpus.sources import read_reviews
from practical_dl.reviews.corpus.tokens import (
    build_vocabulary,
    cap,
    encode,
    pad,
    renumber,
    split_words,
    split_words_and_marks,
    statistics_of,
    token_statistics,
    tokenise,
)

TEXTS = st.text(st.sampled_from("aAbZ'é É\u00a0\u0085.<-\t\n\r"), max_size=40)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's GOOD.<br />Not bad!", ["it's", "good", "br", "not", "bad"]),
        ("a\tb\nc", ["a", "b", "c"]),
        ("a\rb c\u00a0d", ["a\rb", "c\u00a0d"]),
        ("ÉMILE Zola", ["Émile", "zola"]),
        (string.punctuation, ["'"]),
        ("", []),
        ("\u5f88\u597dok", ["\u5f88", "\u597d", "ok"]),
    ],
)
def test_splits_as_keras_1_did_under_python_2(text: str, words: list[str]) -> None:
    assert split_words(text) == words


@given(TEXTS)
def test_splitting_is_the_stated_recipe(text: str) -> None:
    blanks = {ord(mark): " " for mark in string.punctuation.replace("'", "") + "\t\n"}
    lower = {ord(letter): letter.lower() for letter in string.ascii_uppercase}
    expected = [word for word in text.translate(blanks | lower).split(" ") if word]
    assert split_words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("isn\u2019t it", ["isn't", "it"]),
        ("isn&#39;t it &amp; that", ["isn't", "it", "&", "that"]),
        ("one<br>two<BR/>three", ["one", "two", "three"]),
        ("cafe\u0301", ["caf\u00e9"]),
        ("\u5f88\u597d\uff0cok", ["\u5f88", "\u597d", "\uff0c", "ok"]),
        ("\u0e14\u0e35 good", ["\u0e14", "\u0e35", "good"]),
        ("It's GREAT!!<br /><br />8/10", ["it's", "great", "!", "!", "8", "/", "10"]),
        ("'Alien' isn't bad...", ["'", "alien", "'", "isn't", "bad", ".", ".", "."]),
        ("Amélie :-)", ["amélie", ":", "-", ")"]),
        (" \n", []),
    ],
)
def test_words_and_marks_are_told_apart(text: str, expected: list[str]) -> None:
    assert split_words_and_marks(text) == expected


def test_marks_have_places_in_a_vocabulary_of_their_own() -> None:
    vocabulary = build_vocabulary(["Good!", "bad!"], split_words_and_marks)
    words = vocabulary["word"].tolist()
    assert words == ["!", "bad", "good"]
    assert encode(["good!?"], words, split_words_and_marks)[0].tolist() == [3, 1]


def test_vocabulary_is_by_count_then_by_code_points() -> None:
    vocabulary = build_vocabulary(["b a. C", "b, d a", "b"])
    assert vocabulary.to_numpy().tolist() == [[1, "b", 3], [2, "a", 2], [3, "c", 1], [4, "d", 1]]
    assert list(vocabulary.columns) == ["word_index", "word", "count"]


def test_encoding_keeps_order_and_drops_unknown_words() -> None:
    values, offsets = encode(["a new b", "unheard", "B a a"], ["b", "a"])
    assert values.tolist() == [2, 1, 1, 2, 2]
    assert offsets.tolist() == [0, 2, 2, 5]
    assert (values.dtype, offsets.dtype) == (np.int32, np.int64)


def test_encoding_nothing_gives_nothing() -> None:
    values, offsets = encode([], ["a"])
    assert (values.shape, offsets.tolist()) == ((0,), [0])


@given(st.lists(TEXTS, max_size=6))
def test_the_own_vocabulary_encodes_without_loss(texts: list[str]) -> None:
    words = build_vocabulary(texts)["word"].tolist()
    values, offsets = encode(texts, words)
    decoded = [
        [words[index - 1] for index in values[start:end]] for start, end in pairwise(offsets)
    ]
    assert decoded == [split_words(text) for text in texts]


def test_cap_sends_rarer_words_to_the_last_index() -> None:
    assert cap(np.array([1, 3, 4, 5, 99], np.int32), 5).tolist() == [1, 3, 4, 4, 4]


def test_pad_fills_and_cuts_in_front() -> None:
    values = np.array([1, 2, 3, 4, 5, 6], np.int32)
    padded = pad(values, np.array([0, 1, 1, 6]), 3)
    assert padded.tolist() == [[0, 0, 1], [0, 0, 0], [4, 5, 6]]
    assert padded.dtype == np.int32


def test_pad_at_either_end() -> None:
    values, offsets = np.array([1, 2, 3, 4, 5, 6], np.int32), np.array([0, 1, 1, 6])
    assert pad(values, offsets, 3, "end", "front").tolist() == [[1, 0, 0], [0, 0, 0], [4, 5, 6]]
    assert pad(values, offsets, 3, "front", "end").tolist() == [[0, 0, 1], [0, 0, 0], [2, 3, 4]]


def test_a_published_index_numbers_the_words(tmp_path: Path) -> None:
    vocabulary = build_vocabulary(["b a. C", "b, d a", "b"])
    path = tmp_path / "index.json"
    path.write_text('{"b": 1, "a": 3, "zz": 2, "d": 4, "c": 5}')
    numbered = renumber(vocabulary, read_word_index(path))
    assert numbered.to_numpy().tolist() == [[1, "b", 3], [2, "a", 2], [3, "d", 1], [4, "c", 1]]
    with pytest.raises(UserError, match="lacks 1 words of the training reviews, 'c' for one"):
        renumber(vocabulary, {"a": 1, "b": 2, "d": 3})
    for content, message in (("[1]", "whole numbers"), ('{"a": "x"}', "whole"), ("{", "JSON file")):
        path.write_text(content)
        with pytest.raises(UserError, match=message):
            read_word_index(path)


def test_pad_of_a_part_of_the_corpus() -> None:
    values = np.array([1, 2, 3, 4, 5, 6], np.int32)
    assert pad(values[1:6], np.array([1, 3, 6]), 2).tolist() == [[2, 3], [5, 6]]


@given(st.lists(st.lists(st.integers(1, 9), max_size=7), max_size=6), st.integers(1, 8))
def test_pad_equals_padding_one_review_at_a_time(reviews: list[list[int]], length: int) -> None:
    values = np.array(list(chain.from_iterable(reviews)), np.int32)
    offsets = np.cumsum([0, *map(len, reviews)])
    expected = [([0] * length + review)[-length:] for review in reviews]
    assert pad(values, offsets, length).tolist() == expected


def test_token_statistics() -> None:
    assert token_statistics(np.array([3, 1, 4])) == {"max": 4, "min": 1, "mean": 8 / 3}


def test_imdb_is_the_data_set_of_the_lesson() -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    folder = Path(os.environ["PRACTICAL_DL_DATA"]) / "imdb"
    reviews = read_reviews(folder / "aclImdb_labelled.tar.xz")
    texts = {split: reviews["text"][reviews["split"] == split] for split in ("train", "test")}
    vocabulary = build_vocabulary(texts["train"])
    words = vocabulary["word"].tolist()
    lengths = {name: np.diff(encode(part, words)[1]) for name, part in texts.items()}
    assert token_statistics(lengths["train"]) == {"max": 2493, "min": 10, "mean": 237.71364}
    assert token_statistics(lengths["test"])["mean"] == pytest.approx(229.8042, abs=5e-5)
    assert len(words) == 88_584
    published = json.loads((folder / "imdb_word_index.json").read_text())
    counts = vocabulary.set_index("word")["count"]
    in_published_order = counts[sorted(published, key=published.__getitem__)]
    assert in_published_order.tolist() == vocabulary["count"].tolist()


def test_words_are_counted_in_training_reviews_alone() -> None:
    texts = pd.Series(["a film a", "a plot", "unheard film"])
    in_training = pd.Series([True, True, False])
    found = tokenise(texts, in_training)
    assert found.vocabulary["word"].tolist() == ["a", "film", "plot"]
    assert [part.tolist() for part in found.tokens] == [[1, 2, 1, 1, 3, 2], [0, 3, 5, 6]]
    published = tokenise(texts, in_training, published={"plot": 1, "film": 2, "a": 3})
    assert published.tokens[0].tolist() == [3, 2, 3, 3, 1, 2]
    assert statistics_of(found, in_training.to_numpy()) == {
        "words": 3,
        "train": {"max": 3, "min": 2, "mean": 2.5},
        "test": {"max": 1, "min": 1, "mean": 1.0},
    }


def test_texts_to_train_on_without_a_word_are_refused() -> None:
    with pytest.raises(UserError, match="no text to train on has a word"):
        tokenise(pd.Series(["!!!", "...", "good"]), pd.Series([True, True, False]))
