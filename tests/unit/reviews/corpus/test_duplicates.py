"""Copies of reviews: exact, near, and none."""

import numpy as np
import pandas as pd
import pytest

from practical_dl.reviews.corpus.duplicates import count_duplicates, find_duplicates
from practical_dl.reviews.corpus.tokens import encode
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
    words = sorted({word for text in TEXTS.values() for word in encode_words(text)})
    return find_duplicates(encode(TEXTS.values(), words), IDS, 3, 0.5)


def encode_words(text: str) -> list[str]:
    from practical_dl.reviews.corpus.tokens import split_words

    return split_words(text)


def test_pairs_kinds_and_similarity() -> None:
    found = pairs().set_index(["review_id", "other_id"])
    assert found["kind"].to_dict() == {
        ("train/neg/2_1", "train/pos/0_9"): "exact",
        ("test/pos/3_9", "train/pos/0_9"): "near",
        ("test/pos/3_9", "train/neg/2_1"): "near",
    }
    runs = len(LONG.split()) - 2
    assert found["similarity"].tolist() == pytest.approx([1, runs / (runs + 1), runs / (runs + 1)])


def test_counts_by_place() -> None:
    splits = ["train", "valid", "train", "test", "test", "test"]
    assert count_duplicates(pairs(), pd.DataFrame({"review_id": IDS, "split": splits})) == {
        "within_train": {"exact": 1, "near": 0},
        "within_test": {"exact": 0, "near": 0},
        "test_in_train": {"exact": 0, "near": 1},
    }


def test_what_is_kept_without_duplicates() -> None:
    test = np.array([name for name in TEXTS if name.startswith("test")], object)
    assert without_duplicates(test, pairs()).tolist() == [False, True, True]
