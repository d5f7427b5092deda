"""Symbols in the order in which a model reads them."""

import numpy as np
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.small.characters.parts import CONTEXT, SCORED_ROWS, Symbols

Pairs = tuple[Symbols, Symbols]


def stateful_batches(symbols: Symbols, rows: int, length: int) -> Pairs:
    """Inputs and targets (batches, rows, length); targets are the inputs one symbol later.

    Row i of a batch goes on where row i of the batch before ended, so a state that is kept from
    batch to batch belongs to what is read. The last symbols that fill no batch are left out.

    Raises:
        UserError: the text fills no batch.
    """
    batches = (len(symbols) - 1) // (rows * length)
    if batches == 0:
        raise UserError(
            f"{len(symbols):,} symbols fill no batch of {rows} rows of {length}; "
            "give a longer text, fewer rows or shorter sequences"
        )
    used = rows * batches * length
    inputs, targets = (
        values.reshape(rows, batches, length).swapaxes(0, 1)
        for values in (symbols[:used], symbols[1 : used + 1])
    )
    return inputs, targets


def windows(symbols: Symbols, count: int) -> Pairs:
    """Every window of `count` symbols (n - count, count), and what follows (n - count,)."""
    windowed = np.lib.stride_tricks.sliding_window_view(symbols, count + 1)
    return windowed[:, :-1], windowed[:, -1]


def scored(held_out: Symbols) -> Symbols:
    """The held-out symbols that all models are scored on: those behind the first CONTEXT.

    A few of the last are left out, so that they fill SCORED_ROWS equal rows.
    """
    behind = held_out[CONTEXT:]
    return behind[: len(behind) // SCORED_ROWS * SCORED_ROWS]


def scored_windows(held_out: Symbols, count: int) -> Symbols:
    """The `count` symbols before each scored one: (scored, count)."""
    inputs, _ = windows(held_out[CONTEXT - count :], count)
    return inputs[: len(scored(held_out))]


def scored_rows(held_out: Symbols) -> Symbols:
    """Input of a recurrent model: SCORED_ROWS rows, each led by CONTEXT symbols to warm up.

    The predictions behind the first CONTEXT - 1 are for the scored symbols, row by row.
    """
    share = len(scored(held_out)) // SCORED_ROWS
    rows = np.lib.stride_tricks.sliding_window_view(held_out, CONTEXT + share - 1)
    return rows[: share * SCORED_ROWS : share]


def joined_rows(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Predictions (SCORED_ROWS, read, names) for `scored_rows` as (scored, names)."""
    kept = probabilities[:, CONTEXT - 1 :]
    return kept.reshape(-1, kept.shape[-1])
