"""Copies of reviews: exact, near, and none."""

import numpy as np
import pandas as pd
import pytest

from practical_dl.reviews.corpus.duplicates import (
    alike_texts,
    count_duplicates,
    find_duplicates,
    number_texts,
    statistics_of_unlabelled,
)
from practical_dl.reviews.corpus.tokens import encode, split_words
from practical_dl.reviews.pages.model_table import without_duplicates

LONG = "this is a film that nobody should ever have to see twice in one life"
TEXTS = {
    "train/pos/0_9": LONG,
    "train/pos/1_9": "what a wonderful story with many good actors and a fine ending for all",
    "train/neg/2_1": f"{LONG}!",
    "test/pos/3_9": f"Well, {LONG}",
    "test/neg/4_1": "so short",
    "test/neg/5_1": "so short",
}
IDS = pd.Series(list(TEXTS))


def pairs() -> pd.DataFrame:
    return duplicates_of(list(TEXTS), list(TEXTS.values()))


def duplicates_of(ids: list[str], texts: list[str]) -> pd.DataFrame:
    words = sorted({word for text in texts for word in split_words(text)})
    reviews = pd.DataFrame({"review_id": ids, "split": [name.split("/")[0] for name in ids]})
    return find_duplicates(encode(texts, words), number_texts(texts), reviews, 3, 0.5)


def test_pairs_kinds_and_similarity() -> None:
    found = pairs().set_index(["review_id", "other_id"])
    assert found["kind"].to_dict() == {
        ("train/neg/2_1", "train/pos/0_9"): "exact",
        ("test/pos/3_9", "train/pos/0_9"): "near",
        ("test/neg/5_1", "test/neg/4_1"): "exact",
    }
    runs = len(LONG.split()) - 2
    assert found["similarity"].tolist() == pytest.approx([1, runs / (runs + 1), 1])


def test_counts_by_place() -> None:
    splits = ["train", "valid", "train", "test", "test", "test"]
    assert count_duplicates(pairs(), pd.DataFrame({"review_id": IDS, "split": splits})) == {
        "within_train": {"exact": 1, "near": 0},
        "within_test": {"exact": 1, "near": 0},
        "test_in_train": {"exact": 0, "near": 1},
    }


def test_what_is_kept_without_duplicates() -> None:
    test = np.array([name for name in TEXTS if name.startswith("test")], object)
    assert without_duplicates(test, pairs()).tolist() == [False, True, False]


def test_any_number_of_copies_of_any_length_is_found() -> None:
    texts = [*[LONG] * 150, *["Good game."] * 90, *[LONG] * 40]
    ids = [f"train/{row}" for row in range(240)] + [f"test/{row}" for row in range(40)]
    found = duplicates_of(ids, texts)
    assert len(found) == 149 + 89 + 40
    assert set(found["kind"]) == {"exact"}
    assert set(found["other_id"]) == {"train/0", "train/150"}


def test_training_reviews_are_the_earlier_ones_wherever_they_stand() -> None:
    found = duplicates_of(["test/0", "train/1", "test/2"], [LONG, f"{LONG}!", f"so {LONG}"])
    assert found[["review_id", "other_id", "kind"]].to_numpy().tolist() == [
        ["test/0", "train/1", "exact"],
        ["test/2", "train/1", "near"],
    ]


def test_copies_of_a_near_duplicate_are_near_too() -> None:
    found = duplicates_of(["train/0", "test/1", "test/2"], [LONG, f"so {LONG}", f"so {LONG}"])
    assert found[["review_id", "other_id", "kind"]].to_numpy().tolist() == [
        ["test/1", "train/0", "near"],
        ["test/2", "train/0", "near"],
        ["test/2", "test/1", "exact"],
    ]


def test_texts_without_words_and_words_that_nothing_was_learned_from_are_no_copies() -> None:
    texts = ["good", "good camera", "?", "!"]
    reviews = pd.DataFrame({"review_id": list("abcd"), "split": ["train", "test", "test", "test"]})
    tokens = encode(texts, ["good"])
    assert find_duplicates(tokens, number_texts(texts), reviews, 3, 0.5).empty


def test_duplicates_of_duplicates_are_alike() -> None:
    texts = [LONG, "another", f"so {LONG}", LONG, "another"]
    words = sorted({word for text in texts for word in split_words(text)})
    alike = alike_texts(encode(texts, words), number_texts(texts), 3, 0.5)
    assert alike[0] == alike[2] == alike[3]
    assert alike[1] == alike[4] != alike[0]


def test_unlabelled_texts_that_are_tested_on_are_counted() -> None:
    texts = ["A good film!", "a good film", "another one"]
    found = statistics_of_unlabelled(texts, ["A GOOD film...", "bad"])
    assert found == {"unlabelled": 3, "unlabelled_copies_of_test": 2}
    assert statistics_of_unlabelled([], ["bad"]) == {}


def test_any_number_of_near_copies_is_found() -> None:
    """N-grams of hundreds of texts are not counted, and yet none of these is missed."""
    others = [
        f"number {n} tells of {n} other things in {n} words, {n} lines, {n} acts"
        for n in range(150)
    ]
    variants = [f"{LONG}, he said on day {n}" for n in range(150)]
    texts = [text for pair in zip(others, variants, strict=True) for text in pair]
    found = duplicates_of([f"train/{n}" for n in range(300)], texts)
    variant_ids = {f"train/{n}" for n in range(1, 300, 2)}
    assert set(found["review_id"]) == variant_ids - {"train/1"}
    assert set(found["other_id"]) <= variant_ids
    assert (found["similarity"] > 0.7).all()
    words = sorted({word for text in texts for word in split_words(text)})
    alike = alike_texts(encode(texts, words), number_texts(texts), 3, 0.5)
    assert len(set(alike[1::2])) == 1
    assert len(set(alike)) == 151
