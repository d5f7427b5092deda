"""Document vectors: what texts alone say, and what the order of reviews must not say."""

from collections.abc import Iterable
from io import StringIO

import numpy as np
import pytest
import scipy.sparse as sp

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.reviews.corpus.ngrams import Counting
from practical_dl.reviews.corpus.tokens import encode
from practical_dl.reviews.models.document_scores import (
    Texts,
    choose_penalty,
    count_walks,
    passes_tracker,
    probabilities,
    score_documents,
)
from practical_dl.reviews.models.documents import (
    STEEPNESS,
    Known,
    Training,
    learn_vectors,
    place_reviews,
    points_of_reviews,
    reading_shares,
)

FINE, DULL, PLAIN = (
    [f"{kind}{place}" for place in range(30)] for kind in ("fine", "dull", "plain")
)
WORDS = FINE + DULL + PLAIN
COUNTING = Counting(longest=1, fewest=1, base=len(WORDS) + 1)
TRAINING = Training(dimensions=16, passes=100, rate=0.1, seed=1)


def text_of(kind: list[str], rng: np.random.Generator) -> str:
    return " ".join([*rng.choice(kind, 4), *rng.choice(PLAIN, 4)])


def texts_of(count: int, seed: int) -> list[str]:
    """`count` fine ones and as many dull ones, none with all words of its kind."""
    rng = np.random.default_rng(seed)
    return [text_of(kind, rng) for kind in (FINE, DULL) for _ in range(count)]


TEXTS = texts_of(100, 0)
LABELS = np.repeat([1, 0], 100)


def known_of(is_text: np.ndarray) -> Known:
    """The first texts are labelled."""
    labels = np.zeros(len(is_text), np.int64)
    labels[: len(LABELS)] = LABELS
    return Known(is_text, np.arange(len(is_text)) < len(TEXTS), labels)


def points(texts: list[str], is_text: list[bool]) -> np.ndarray:
    everywhere, known = np.ones(len(texts), bool), known_of(np.array(is_text))
    [found] = points_of_reviews(encode(texts, WORDS), known, everywhere, COUNTING, [TRAINING], iter)
    return found


def test_the_cosine_of_an_ngram_and_a_review_is_how_much_more_often_it_stands_there() -> None:
    kinds = 8
    rows = sp.csr_matrix(np.repeat(np.repeat(np.eye(kinds), 2, axis=1), 40, axis=0))
    shares = np.ones(rows.shape[1], np.float32)
    reviews, ngrams = learn_vectors(rows, shares, Training(16, 300, 0.1, 1), iter)
    cosines = reviews @ (ngrams / np.linalg.norm(ngrams, axis=1, keepdims=True)).T
    stands = rows.toarray() == 1
    assert STEEPNESS * cosines[stands].mean() == pytest.approx(np.log(kinds), abs=0.3)
    assert STEEPNESS * cosines[~stands].max() < -2


def test_ngrams_that_tell_the_labels_apart_are_read_more_often() -> None:
    rows = sp.csr_matrix(np.array([[1, 0, 1]] * 3 + [[0, 1, 1]] * 3, np.float32))
    labels = np.repeat([1, 0], 3)
    fine, dull, both = reading_shares(rows, labels)
    assert both == pytest.approx(1 / 6)
    assert fine == dull == pytest.approx(4 / 6)
    often = sp.vstack([rows] * 9, format="csr")
    assert reading_shares(often, np.tile(labels, 9))[0] == 1
    of_three = reading_shares(sp.csr_matrix(np.eye(3, dtype=np.float32)), np.arange(3))
    assert of_three.tolist() == pytest.approx([(2 / 4) / (1 / 5) / 6] * 3)


def test_labels_of_reviews_that_are_asked_change_nothing() -> None:
    everywhere, is_text = np.ones(len(TEXTS), bool), np.ones(len(TEXTS), bool)
    is_labelled = np.arange(len(TEXTS)) % 3 > 0
    spoiled = np.where(is_labelled, LABELS, 1 - LABELS)
    first, second = (
        points_of_reviews(
            encode(TEXTS, WORDS),
            Known(is_text, is_labelled, given),
            everywhere,
            COUNTING,
            [TRAINING],
            iter,
        )[0]
        for given in (LABELS, spoiled)
    )
    assert (first == second).all()


def test_reviews_of_a_kind_lie_together() -> None:
    found = points(TEXTS, [True] * len(TEXTS))
    alike = found @ found.T
    same = LABELS[:, None] == LABELS
    assert alike[same].mean() > alike[~same].mean() + 0.2
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_review_that_nothing_is_learned_from_lies_with_its_like() -> None:
    asked = texts_of(10, 1)
    found = points([*TEXTS, *asked], [True] * len(TEXTS) + [False] * len(asked))
    fine, dull = found[:100].mean(axis=0), found[100:200].mean(axis=0)
    assert ((found[200:] @ (fine - dull) > 0) == np.repeat([True, False], 10)).all()


def test_ngrams_stay_while_other_reviews_are_placed() -> None:
    rows = sp.csr_matrix(np.eye(3, dtype=np.float32))
    ngrams = np.eye(3, TRAINING.dimensions, dtype=np.float32)
    kept = ngrams.copy()
    placed = place_reviews(rows, np.ones(3, np.float32), ngrams, TRAINING, iter)
    assert (ngrams == kept).all()
    assert (np.argmax(placed[:, :3], axis=1) == [0, 1, 2]).all()


def test_a_review_without_a_known_ngram_is_zero() -> None:
    found = points([*TEXTS, "", "unheard"], [True] * (len(TEXTS) + 2))
    assert not found[-2:].any()
    assert found[:-2].any(axis=1).all()


def test_equal_seeds_give_equal_vectors() -> None:
    everything = [True] * len(TEXTS)
    assert (points(TEXTS, everything) == points(TEXTS, everything)).all()


def test_the_place_of_a_review_tells_nothing_of_its_label() -> None:
    """Gone through in their order, first all positive ones, 89 % of these would be told."""
    rng = np.random.default_rng(0)
    words = [f"word{place}" for place in range(40)]
    tokens = encode([" ".join(rng.choice(words, 30)) for _ in range(1000)], words)
    labels, everywhere = np.repeat([1, 0], 500), np.ones(1000, bool)
    training = Training(dimensions=16, passes=10, rate=0.2, seed=1)
    asked = rng.permutation(1000) < 500
    known = Known(everywhere, ~asked, labels)
    [found] = points_of_reviews(tokens, known, everywhere, Counting(1, 1, 41), [training], iter)
    said = probabilities(found[~asked], labels[~asked], found[asked], 10.0)
    assert (said.argmax(axis=1) == labels[asked]).mean() == pytest.approx(0.5, abs=0.07)


def test_unlabelled_texts_carry_a_label_to_words_that_no_labelled_review_has() -> None:
    half = [" ".join(kind[:15]) for kind in (FINE, DULL)]
    others = [" ".join(kind[15:]) for kind in (FINE, DULL)]
    texts = [*half * 5, *others * 5, *TEXTS]
    is_labelled = np.arange(len(texts)) < 10
    labels = np.concatenate([np.tile([1, 0], 10), LABELS])
    known = Known(np.ones(len(texts), bool), is_labelled, labels)
    [found] = points_of_reviews(
        encode(texts, WORDS), known, is_labelled, COUNTING, [TRAINING], iter
    )
    fitted = choose_penalty(found[:10], labels[:10], found[10:20], labels[10:20], [0.01, 10.0])
    assert fitted.penalty == 10.0
    assert (fitted.probabilities.argmax(axis=1) == labels[10:20]).all()
    said = probabilities(found[:10], labels[:10], found[10:20], 10.0)
    np.testing.assert_allclose(fitted.probabilities, said, atol=1e-4)


def test_walks_are_counted_as_they_are_made() -> None:
    walks = []

    def track(passes: Iterable[int]) -> Iterable[int]:
        walks.append(len(list(passes)))
        return range(walks[-1])

    roles = np.tile(["train", "valid", "test", "train"], len(TEXTS) // 4)
    for model in ("documents_train", "documents_all"):
        walks.clear()
        score_documents(
            Texts(encode(TEXTS, WORDS), LABELS, roles), model, COUNTING, [TRAINING], [1], track
        )
        assert walks == [TRAINING.passes] * count_walks(model)


def test_the_passes_of_all_walks_are_one_progress() -> None:
    seen = []

    class Counter(Log):
        def progress(self, done: int, total: int, unit: str) -> None:
            seen.append((done, total, unit))

    track = passes_tracker(Counter("t", StringIO(), StringIO()), 4)
    assert [list(track(range(2))) for _ in range(2)] == [[0, 1], [0, 1]]
    assert seen == [(number, 4, "passes") for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("model", ["documents_train", "documents_all"])
@pytest.mark.parametrize("part", ["valid", "test"])
def test_the_labels_of_a_part_have_no_say_in_what_is_said_of_it(model: str, part: str) -> None:
    roles = np.tile(["train", "valid", "test", "train"], len(TEXTS) // 4)
    spoiled = np.where(roles == part, 1 - LABELS, LABELS)
    training = Training(dimensions=8, passes=5, rate=0.1, seed=1)
    first, second = (
        score_documents(
            Texts(encode(TEXTS, WORDS), labels, roles), model, COUNTING, [training], [1], iter
        ).parts[part]
        for labels in (LABELS, spoiled)
    )
    assert (first[0] == second[0]).all()


def test_texts_without_a_frequent_ngram_are_refused_in_one_line() -> None:
    with pytest.raises(UserError, match=r"no n-gram stands 99 times; lower documents.fewest"):
        points_of_reviews(
            encode(TEXTS, WORDS),
            known_of(np.ones(len(TEXTS), bool)),
            np.ones(len(TEXTS), bool),
            Counting(1, 99, len(WORDS) + 1),
            [TRAINING],
            iter,
        )


@pytest.mark.parametrize(
    ("model", "further", "right"),
    [
        ("documents_train", True, 0.5),
        ("documents_all", True, 1.0),
        ("documents_unlabelled", False, 1.0),
    ],
)
def test_words_that_no_labelled_text_has_are_related_by_texts_without_labels(
    model: str, further: bool, right: float
) -> None:
    """The test reviews' words stand in no training review; only texts of all words relate them.

    These are among the test reviews, or `further` ones apart.
    """
    half, other = (
        [" ".join(kind[place : place + 15]) for kind in (FINE, DULL)] for place in (0, 15)
    )
    relating = TEXTS if further else []
    texts = [*half * 24, *relating, *other * 4]
    labels = np.concatenate([np.tile([1, 0], 24), LABELS[: len(relating)], np.tile([1, 0], 4)])
    roles = np.repeat(["train", "valid", "test"], [40, 8, len(relating) + 8])
    given = Texts(encode(texts, WORDS), labels, roles)
    if model == "documents_unlabelled":
        given = given.with_unlabelled(encode(TEXTS, WORDS))
    found = score_documents(given, model, COUNTING, [TRAINING], [10], iter)
    [valid], [test] = found.parts["valid"], found.parts["test"]
    if model == "documents_unlabelled":
        for taught in found.taught.values():
            assert (taught.argmax(axis=1) == LABELS).mean() > 0.9
    else:
        assert found.taught == {}
    assert (valid.argmax(axis=1) == labels[40:48]).all()
    answered = test[-8:].argmax(axis=1)
    assert (answered == labels[-8:]).mean() == right
