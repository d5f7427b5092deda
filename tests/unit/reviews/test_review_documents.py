"""Document vectors: what texts alone say, and what the order of reviews must not say."""

from collections.abc import Iterable

import numpy as np
import pytest
import scipy.sparse as sp

from practical_dl.errors import UserError
from practical_dl.reviews.documents import (
    DRAWN_WEIGHT,
    Counting,
    Recipe,
    ask,
    choose_strength,
    count_walks,
    learn_vectors,
    place_reviews,
    points_of_reviews,
    probabilities,
)
from practical_dl.reviews.tokens import encode

WORDS = ["fine", "great", "dull", "poor", "cat", "dog"]
COUNTING = Counting(longest=1, fewest=1, base=len(WORDS) + 1)
RECIPE = Recipe(dimensions=4, passes=60, rate=0.1, seed=1)
FINE = ["fine great", "great fine cat", "fine great dog"] * 6
DULL = ["dull poor", "poor dull cat", "dull poor dog"] * 6
TEXTS = FINE + DULL


def points(texts: list[str], is_text: list[bool]) -> np.ndarray:
    everywhere = np.ones(len(texts), bool)
    [found] = points_of_reviews(
        encode(texts, WORDS), np.array(is_text), everywhere, COUNTING, [RECIPE], iter
    )
    return found


def test_a_run_s_product_with_a_review_is_how_much_more_often_it_stands_there() -> None:
    kinds = 8
    rows = sp.csr_matrix(np.repeat(np.repeat(np.eye(kinds), 2, axis=1), 10, axis=0))
    reviews, runs = learn_vectors(rows, Recipe(16, 300, 0.05, 1), iter)
    log_odds = reviews @ runs.T
    stands = rows.toarray() == 1
    assert log_odds[stands].mean() == pytest.approx(np.log(kinds / DRAWN_WEIGHT), abs=0.15)
    assert log_odds[~stands].max() < -2


def test_reviews_of_the_same_words_lie_in_one_direction() -> None:
    asked = ["fine great", "great fine", "dull poor", "fine great fine great"]
    found = points(TEXTS + asked, [True] * (len(TEXTS) + len(asked)))[-len(asked) :]
    assert found[0] @ found[1] > 0.9
    assert found[0] @ found[2] < 0.3
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_review_that_nothing_is_learned_from_lies_with_its_like() -> None:
    is_text = [True] * len(TEXTS) + [False] * 2
    found = points([*TEXTS, "great fine", "poor dull"], is_text)
    fine, dull = found[: len(FINE)].mean(axis=0), found[len(FINE) : -2].mean(axis=0)
    for asked, near, far in ((found[-2], fine, dull), (found[-1], dull, fine)):
        assert asked @ near > asked @ far + 0.3


def test_runs_of_words_stay_while_others_reviews_are_placed() -> None:
    rows = sp.csr_matrix(np.eye(3, dtype=np.float32))
    runs = np.eye(3, RECIPE.dimensions, dtype=np.float32)
    kept = runs.copy()
    placed = place_reviews(rows, runs, RECIPE, iter)
    assert (runs == kept).all()
    assert (np.argmax(placed[:, :3], axis=1) == [0, 1, 2]).all()


def test_a_review_without_a_known_run_is_zero() -> None:
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
    recipe = Recipe(dimensions=16, passes=10, rate=0.2, seed=1)
    [found] = points_of_reviews(tokens, everywhere, everywhere, Counting(1, 1, 41), [recipe], iter)
    asked = rng.permutation(1000) < 500
    positive = probabilities(found[~asked], labels[~asked], found[asked], 10.0)
    assert ((positive > 0.5) == labels[asked]).mean() == pytest.approx(0.5, abs=0.07)


def test_unlabelled_texts_carry_a_label_to_words_that_no_labelled_review_has() -> None:
    found = points([*TEXTS, "fine", "dull", "great", "poor"], [True] * (len(TEXTS) + 4))
    labelled, asked, labels = found[-4:-2], found[-2:], np.array([1, 0])
    fitted = choose_strength(labelled, labels, asked, labels, [0.01, 10.0])
    assert fitted.strength == 10.0
    great, poor = probabilities(labelled, labels, asked, 10.0)
    assert great > 0.6
    assert poor < 0.4
    assert fitted.positive.tolist() == pytest.approx([great, poor], abs=1e-4)


def test_walks_are_counted_as_they_are_made() -> None:
    walks = []

    def track(passes: Iterable[int]) -> Iterable[int]:
        walks.append(len(list(passes)))
        return range(walks[-1])

    labels, roles = np.tile([1, 0], 18), np.repeat(["train", "valid", "test"], 12)
    for model in ("documents_train", "documents_all"):
        walks.clear()
        ask(encode(TEXTS, WORDS), labels, roles, model, COUNTING, [RECIPE], [1], track)
        assert walks == [RECIPE.passes] * count_walks(model)


def test_texts_without_a_frequent_run_are_refused_in_one_line() -> None:
    with pytest.raises(UserError, match=r"no run of words stands 99 times; lower documents.fewest"):
        points_of_reviews(
            encode(TEXTS, WORDS),
            np.ones(len(TEXTS), bool),
            np.ones(len(TEXTS), bool),
            Counting(1, 99, len(WORDS) + 1),
            [RECIPE],
            iter,
        )


@pytest.mark.parametrize(("model", "right"), [("documents_train", 0.5), ("documents_all", 1.0)])
def test_unlabelled_test_texts_are_read_by_one_of_the_two_alone(model: str, right: float) -> None:
    """The test reviews' words stand in no training review; only their own texts relate them."""
    texts = ["fine", "dull"] * 20 + ["fine", "dull"] * 4 + ["great fine", "poor dull"] * 4
    asked = ["great", "poor"] * 4
    labels = np.tile([1, 0], (len(texts) + len(asked)) // 2)
    roles = np.repeat(["train", "valid", "test"], [40, 8, 16])
    tokens = encode([*texts, *asked], WORDS)
    found = ask(tokens, labels, roles, model, COUNTING, [RECIPE], [10], iter)
    [valid], [test] = found["valid"], found["test"]
    assert valid.shape == (8,)
    assert ((valid > 0.5) == labels[40:48]).all()
    answered = test[-8:] > 0.5
    assert (answered == labels[-8:]).mean() == right
