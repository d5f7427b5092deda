"""N-grams as numbers, and the sparse matrix of the n-grams that each review contains.

An n-gram is one 64-bit number: its word indices as digits to the base of the vocabulary. So
millions of n-grams are counted and looked up by sorting alone, without making a string.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from practical_dl.reviews.corpus.files import Ragged

PAIR = 2
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Counting:
    """The n-grams that count: up to `longest` words, `fewest` times or more in the texts."""

    longest: int
    fewest: int
    base: int
    """Word indices in use, padding included: the digits of a code."""


def ngram_codes(tokens: Ragged, size: int, base: int) -> tuple[Codes, Codes]:
    """Reviews (m,) and codes (m,) of every n-gram of `size` words, in the order of the text.

    Args:
        tokens: word indices below `base`; `base ** size` fits 63 bits.
    """
    values, offsets = tokens
    if len(values) < size:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    count = len(values) - size + 1
    codes = np.zeros(count, np.int64)
    for place in range(size):
        codes = codes * base + values[place : place + count]
    reviews = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    whole = reviews[:count] == reviews[size - 1 :]
    return reviews[:count][whole], codes[whole]


def known_ngrams(tokens: Ragged, counting: Counting) -> list[Codes]:
    """The n-grams that count, by length; codes of one length are sorted."""
    found = []
    for size in range(1, counting.longest + 1):
        _, codes = ngram_codes(tokens, size, counting.base)
        different, counts = np.unique(codes, return_counts=True)
        found.append(different[counts >= counting.fewest])
    return found


def ngram_matrix(tokens: Ragged, known: Sequence[Codes], base: int) -> sp.csr_matrix:
    """1 where a review has an n-gram, else 0: (reviews, all `known` n-grams), float32."""
    blocks = []
    for size, sorted_codes in enumerate(known, start=1):
        reviews, codes = ngram_codes(tokens, size, base)
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
    """The known words and then the known pairs of each review, numbered from 1 over all `known`."""
    reviews, numbers = [], []
    first = 1
    for size, sorted_codes in enumerate(known, start=1):
        of_size, codes = ngram_codes(tokens, size, base)
        places, is_known = look_up(codes, sorted_codes)
        reviews.append(of_size[is_known])
        numbers.append(first + places[is_known])
        first += len(sorted_codes)
    owners, flat = np.concatenate(reviews), np.concatenate(numbers).astype(np.int32)
    counts = np.bincount(owners, minlength=len(tokens[1]) - 1)
    order = np.argsort(owners, kind="stable")
    return flat[order], np.concatenate([[0], np.cumsum(counts)])
