"""The invented reviews: what they look like, and what a model can learn from them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from practical_dl.files.artefacts import sha256_of_file
from practical_dl.reviews.corpus.demo import (
    demo_vectors,
    make_demo_reviews,
    write_demo,
    write_demo_vectors,
)
from practical_dl.reviews.corpus.sources import read_reviews
from practical_dl.reviews.corpus.tokens import split_words
from practical_dl.reviews.vectors.glove import read_glove


@pytest.fixture(scope="module")
def reviews() -> pd.DataFrame:
    return make_demo_reviews(1500, 600, seed=1)


def accuracy_of_words(reviews: pd.DataFrame, longest_run: int) -> float:
    """Test accuracy of a logistic regression on runs of up to `longest_run` words."""
    train, test = (reviews[reviews["split"] == split] for split in ("train", "test"))
    counts = CountVectorizer(
        tokenizer=split_words, token_pattern=None, ngram_range=(1, longest_run)
    )
    model = make_pipeline(counts, LogisticRegression(C=0.01, max_iter=1000))
    return model.fit(train["text"], train["label"]).score(test["text"], test["label"])


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    write_demo(tmp_path / "demo.tar", 30, 10, seed=5)
    read = read_reviews(tmp_path / "demo.tar")
    pd.testing.assert_frame_equal(read, make_demo_reviews(30, 10, seed=5))


def test_equal_seeds_write_equal_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        write_demo(tmp_path / f"{name}.tar", 30, 10, seed)
    sums = [sha256_of_file(tmp_path / f"{name}.tar") for name in "abc"]
    assert sums[0] == sums[1]
    assert sums[1] != sums[2]


def test_sizes_classes_stars_and_films(reviews: pd.DataFrame) -> None:
    assert reviews.groupby(["split", "label"]).size().tolist() == [300, 300, 750, 750]
    assert reviews["stars"][reviews["label"] == 1].between(7, 10).all()
    assert reviews["stars"][reviews["label"] == 0].between(1, 4).all()
    films = {split: set(part) for split, part in reviews.groupby("split")["film"]}
    assert not films["train"] & films["test"]
    assert 5 < len(reviews) / reviews["film"].nunique() < 10
    assert reviews["text"].map(split_words).map(len).between(20, 80).all()


def test_order_tells_more_than_words(reviews: pd.DataFrame) -> None:
    words, runs = accuracy_of_words(reviews, 1), accuracy_of_words(reviews, 3)
    assert 0.58 < words < 0.75
    assert runs > words + 0.15


def test_the_vectors_are_of_every_word_and_are_read_as_given_ones(
    reviews: pd.DataFrame, tmp_path: Path
) -> None:
    words = {word for text in reviews["text"] for word in split_words(text)}
    write_demo_vectors(tmp_path / "vectors.txt", 16, seed=1)
    found, report = read_glove(tmp_path / "vectors.txt", words, 16)
    assert set(found.words) == words
    assert report.repeated == 0
    expected = demo_vectors(16, seed=1)["gripping"]
    np.testing.assert_allclose(found.vectors[found.words.index("gripping")], expected, atol=1e-4)


def test_the_vectors_know_praise_from_blame() -> None:
    vectors = demo_vectors(32, seed=1)

    def alike(one: str, other: str) -> float:
        first, second = vectors[one], vectors[other]
        return float(first @ second / np.linalg.norm(first) / np.linalg.norm(second))

    assert alike("sublime", "good") > 0.5 > 0 > alike("sublime", "ghastly")


def test_most_contrasts_of_a_review_agree_with_its_label(reviews: pd.DataFrame) -> None:
    clear = (reviews["stars"] - 5.5).abs() > 2
    assert clear.mean() > 0.9
