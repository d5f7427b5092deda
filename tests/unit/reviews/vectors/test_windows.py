"""The task that makes vectors from text, and the tables that networks start from."""

from pathlib import Path

import numpy as np
import pytest

from practical_dl.job.errors import UserError
from practical_dl.reviews.vectors.windows import (
    DEVIATION,
    MIDDLE,
    WINDOW,
    embedded_words,
    make_task,
    random_vectors,
    read_vectors,
    scaled,
    write_vectors,
)

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


def test_tables_have_one_deviation_and_no_padding(tmp_path: Path) -> None:
    drawn = random_vectors(500, 20, seed=3)
    assert drawn[1:].std() == pytest.approx(DEVIATION, rel=0.05)
    again = scaled(5 + 40 * drawn)
    assert again[1:].std() == pytest.approx(DEVIATION, rel=1e-3)
    assert not drawn[0].any()
    assert not again[0].any()
    write_vectors(tmp_path / "vectors.h5", again)
    np.testing.assert_array_equal(read_vectors(tmp_path / "vectors.h5"), again)


def test_the_last_index_stands_for_no_word() -> None:
    assert embedded_words(["a", "b", "c", "d"], 4) == ["a", "b", ""]
    assert embedded_words(["a"], 5) == ["a", "", "", ""]
