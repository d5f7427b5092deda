"""N-grams as numbers: counted by hand, and against scikit-learn."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from practical_dl.reviews.corpus.ngrams import (
    Counting,
    known_ngrams,
    look_up,
    ngram_codes,
    ngram_matrix,
    rows_of,
    words_and_pairs,
)
from practical_dl.reviews.corpus.tokens import truncate

TWO = (np.array([1, 2, 1, 2, 3], np.int32), np.array([0, 3, 5]))


def ragged(reviews: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    values = np.array([word for review in reviews for word in review], np.int32)
    return values, np.cumsum([0, *map(len, reviews)])


def test_codes_stay_within_a_review() -> None:
    reviews, codes = ngram_codes(TWO, 2, 10)
    assert reviews.tolist() == [0, 0, 1]
    assert codes.tolist() == [12, 21, 23]
    assert ngram_codes(TWO, 3, 10)[1].tolist() == [121]
    assert ngram_codes(TWO, 6, 10)[1].tolist() == []


def test_rare_ngrams_are_not_known() -> None:
    assert [codes.tolist() for codes in known_ngrams(TWO, Counting(2, 2, 10))] == [[1, 2], []]
    assert [codes.tolist() for codes in known_ngrams(TWO, Counting(2, 1, 10))] == [
        [1, 2, 3],
        [12, 21, 23],
    ]


def test_look_up_tells_what_is_there() -> None:
    places, there = look_up(np.array([5, 6, 9]), np.array([5, 9]))
    assert there.tolist() == [True, False, True]
    assert places[there].tolist() == [0, 1]
    assert look_up(np.array([5]), np.empty(0, np.int64))[1].tolist() == [False]


@given(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=8), min_size=1, max_size=6))
def test_the_matrix_is_that_of_scikit_learn(reviews: list[list[int]]) -> None:
    tokens = ragged(reviews)
    known = known_ngrams(tokens, Counting(3, 1, 5))
    texts = [" ".join(map(str, review)) for review in reviews]
    counter = CountVectorizer(token_pattern=r"\S+", ngram_range=(1, 3), binary=True)
    expected = counter.fit_transform(texts)
    names = [" ".join(str(code)) for codes in known for code in _digits(codes)]
    order = [counter.vocabulary_[name] for name in names]
    np.testing.assert_array_equal(
        ngram_matrix(tokens, known, 5).toarray(), expected.toarray()[:, order]
    )


def _digits(codes: np.ndarray) -> list[str]:
    return [np.base_repr(code, 5) for code in codes]


def test_rows_of_and_truncate_keep_words_in_place() -> None:
    values, offsets = rows_of(TWO, np.array([False, True]))
    assert (values.tolist(), offsets.tolist()) == ([2, 3], [0, 2])
    values, offsets = truncate(*TWO, 2, "front")
    assert (values.tolist(), offsets.tolist()) == ([2, 1, 2, 3], [0, 2, 4])
    assert truncate(*TWO, 2, "end")[0].tolist() == [1, 2, 2, 3]


def test_words_come_before_pairs_and_unknown_ones_are_dropped() -> None:
    known = [np.array([1, 2]), np.array([12, 23])]
    values, offsets = words_and_pairs(TWO, known, 10)
    assert values.tolist() == [1, 2, 1, 3, 2, 4]
    assert offsets.tolist() == [0, 4, 6]
