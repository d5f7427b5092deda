"""The order in which characters are read, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.job.errors import UserError
from practical_dl.small.characters.parts import CONTEXT
from practical_dl.small.characters.sequences import (
    SCORED_ROWS,
    joined_rows,
    scored,
    scored_rows,
    scored_windows,
    stateful_batches,
    windows,
)


def test_row_i_of_the_next_batch_continues_row_i() -> None:
    inputs, targets = stateful_batches(np.arange(14, dtype=np.int32), rows=2, length=3)
    assert inputs.tolist() == [[[0, 1, 2], [6, 7, 8]], [[3, 4, 5], [9, 10, 11]]]
    assert targets.tolist() == [[[1, 2, 3], [7, 8, 9]], [[4, 5, 6], [10, 11, 12]]]


@given(rows=st.integers(1, 5), length=st.integers(1, 7), more=st.integers(0, 100))
def test_a_row_over_all_batches_is_a_piece_of_the_text(rows: int, length: int, more: int) -> None:
    symbols = np.arange(rows * length + 1 + more, dtype=np.int32)
    inputs, targets = stateful_batches(symbols, rows, length)
    assert inputs.shape == targets.shape == ((len(symbols) - 1) // (rows * length), rows, length)
    for row in range(rows):
        read = inputs[:, row].reshape(-1)
        assert read.tolist() == list(range(read[0], read[0] + len(read)))
    assert (targets == inputs + 1).all()
    assert sorted(inputs.reshape(-1)) == list(range(inputs.size))


def test_a_text_that_fills_no_batch_is_refused() -> None:
    with pytest.raises(UserError, match="6 symbols fill no batch of 2 rows of 3"):
        stateful_batches(np.arange(6, dtype=np.int32), 2, 3)


def test_windows() -> None:
    inputs, targets = windows(np.array([5, 6, 7, 8], np.int32), 2)
    assert inputs.tolist() == [[5, 6], [6, 7]]
    assert targets.tolist() == [7, 8]


@given(extra=st.integers(SCORED_ROWS, 200), count=st.integers(1, 8))
def test_all_models_are_scored_on_the_same_symbols(extra: int, count: int) -> None:
    held_out = np.arange(CONTEXT + extra, dtype=np.int32)
    asked = scored(held_out)
    assert asked[0] == CONTEXT
    assert len(asked) == extra // SCORED_ROWS * SCORED_ROWS
    read = scored_windows(held_out, count)
    assert read.shape == (len(asked), count)
    assert (read[:, -1] == asked - 1).all()
    rows = scored_rows(held_out)
    assert rows.shape == (SCORED_ROWS, CONTEXT - 1 + len(asked) // SCORED_ROWS)
    echo = joined_rows(rows[:, :, None].astype(np.float32))
    assert (echo[:, 0] + 1 == asked).all()
