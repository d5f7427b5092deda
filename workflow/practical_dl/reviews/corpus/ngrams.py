"""Runs of one to three words as numbers, and the sparse matrix that says which review has which.

A run of words is one 64-bit number: its word indices as digits to the base of the vocabulary. So
millions of runs are counted and looked up by sorting alone, without a string being made.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from practical_dl.reviews.corpus.files import Ragged

LONGEST_RUN = 3
Codes = NDArray[np.int64]


def run_codes(tokens: Ragged, run: int, base: int) -> tuple[Codes, Codes]:
    """Reviews (m,) and codes (m,) of every `run` of words, in the order of the text.

    Args:
        tokens: word indices below `base`; `base ** run` fits 63 bits.
    """
    values, offsets = tokens
    if len(values) < run:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    count = len(values) - run + 1
    codes = np.zeros(count, np.int64)
    for place in range(run):
        codes = codes * base + values[place : place + count]
    reviews = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    whole = reviews[:count] == reviews[run - 1 :]
    return reviews[:count][whole], codes[whole]


def known_runs(tokens: Ragged, longest: int, base: int, fewest: int) -> list[Codes]:
    """The runs of one to `longest` words that stand `fewest` times or more, sorted, by length."""
    found = []
    for run in range(1, longest + 1):
        codes, counts = np.unique(run_codes(tokens, run, base)[1], return_counts=True)
        found.append(codes[counts >= fewest])
    return found


def run_matrix(tokens: Ragged, known: Sequence[Codes], base: int) -> sp.csr_matrix:
    """1 where a review has a run, else 0: (reviews, all `known` runs), float32."""
    blocks = []
    for run, sorted_codes in enumerate(known, start=1):
        reviews, codes = run_codes(tokens, run, base)
        places, is_known = look_up(codes, sorted_codes)
        rows, columns = reviews[is_known], places[is_known]
        shape = (len(tokens[1]) - 1, len(sorted_codes))
        block = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
        block.sum_duplicates()
        block.data[:] = 1
        blocks.append(block)
    return sp.hstack(blocks, format="csr")


def look_up(codes: Codes, sorted_codes: Codes) -> tuple[Codes, NDArray[np.bool_]]:
    """Places (m,) of `codes` in `sorted_codes`, and whether they are there."""
    if not len(sorted_codes):
        return np.zeros(len(codes), np.int64), np.zeros(len(codes), np.bool_)
    places = np.minimum(np.searchsorted(sorted_codes, codes), len(sorted_codes) - 1)
    return places, sorted_codes[places] == codes


def rows_of(tokens: Ragged, chosen: NDArray[np.bool_]) -> Ragged:
    """The tokens of the chosen reviews (reviews,) alone."""
    values, offsets = tokens
    lengths = np.diff(offsets)
    return values[np.repeat(chosen, lengths)], np.concatenate([[0], np.cumsum(lengths[chosen])])


def words_and_pairs(tokens: Ragged, known: Sequence[Codes], base: int) -> Ragged:
    """Of each review its known words and then its known pairs, numbered from 1 over all `known`."""
    reviews, numbers = [], []
    first = 1
    for run, sorted_codes in enumerate(known, start=1):
        of_run, codes = run_codes(tokens, run, base)
        places, is_known = look_up(codes, sorted_codes)
        reviews.append(of_run[is_known])
        numbers.append(first + places[is_known])
        first += len(sorted_codes)
    owners, flat = np.concatenate(reviews), np.concatenate(numbers).astype(np.int32)
    counts = np.bincount(owners, minlength=len(tokens[1]) - 1)
    order = np.argsort(owners, kind="stable")
    return flat[order], np.concatenate([[0], np.cumsum(counts)])
