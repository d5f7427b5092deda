"""The task that makes vectors from text."""

import io

import numpy as np
import pytest

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log, limit_threads
from practical_dl.reviews.vectors.tables import DEVIATION
from practical_dl.reviews.vectors.windows import (
    MIDDLE,
    WINDOW,
    enough_words,
    make_task,
    make_text_vectors,
)
from practical_dl.training.recipe import Recipe

NONE = [0] * MIDDLE
REVIEWS = np.arange(1, 31, dtype=np.int32), np.array([0, 14, 16, 30])


def test_windows_lie_in_one_review_and_only_the_middle_is_replaced() -> None:
    windows, labels = make_task(REVIEWS, 200, seed=1)
    true, false = windows[labels == 1], windows[labels == 0]
    assert windows.shape == (400, WINDOW)
    assert (np.diff(true, axis=1) == 1).all()
    assert set(true[:, 0]) == {1, 2, 3, 4, 17, 18, 19, 20}
    others = np.delete(np.arange(WINDOW), MIDDLE)
    np.testing.assert_array_equal(true[:, others], false[:, others])
    assert (true[:, MIDDLE] != false[:, MIDDLE]).all()
    assert len(set(false[:, MIDDLE])) > 20


def test_too_few_words_are_refused() -> None:
    for values, offsets in (
        (np.arange(1, 21, dtype=np.int32), np.array([0, 10, 20])),
        (np.full(20, 3, np.int32), np.array([0, 20])),
        (np.arange(5, dtype=np.int32), np.array([0, 5])),
    ):
        with pytest.raises(UserError, match="too few words"):
            make_task((values, offsets), 5, seed=1)


def test_vectors_are_made_from_the_training_reviews_and_judged_on_other_films() -> None:
    limit_threads(1)
    rng = np.random.default_rng(0)
    values = (np.arange(3000) % 7 + 7 * rng.integers(0, 2, 3000) + 1).astype(np.int32)
    tokens = values, np.arange(0, 3001, 100)
    roles = np.repeat(["train", "valid", "test"], 10)
    made = make_text_vectors(
        tokens,
        roles,
        vocabulary=15,
        width=6,
        windows=600,
        recipe=Recipe([[4, 0.02]], 50),
        seed=1,
        log=Log("t", io.StringIO(), io.StringIO()),
    )
    assert made.vectors.shape == (15, 6)
    assert not made.vectors[0].any()
    assert made.vectors[1:].std() == pytest.approx(DEVIATION, rel=1e-3)
    assert (made.task["windows"], made.task["valid_windows"]) == (1200, 120)
    assert made.task["accuracy"] == made.history["inner_accuracy"].max() > 0.7


def test_short_texts_are_padded_so_that_every_word_is_the_middle_of_a_window() -> None:
    tokens = np.array([1, 2, 3, 4, 5], np.int32), np.array([0, 2, 2, 5])
    (values, offsets), count = enough_words(tokens, 1000)
    assert values.tolist() == [*NONE, 1, 2, *NONE, *NONE, *NONE, *NONE, 3, 4, 5, *NONE]
    assert offsets.tolist() == [0, 12, 22, 35]
    assert count == 100
    windows, labels = make_task((values, offsets), count, seed=1)
    assert set(windows[labels == 1][:, MIDDLE]) == {1, 2, 3, 4, 5}
    assert (windows[:, MIDDLE] > 0).all()
    assert enough_words(REVIEWS, 200) == (REVIEWS, 200)
