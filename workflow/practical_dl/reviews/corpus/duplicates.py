"""Duplicates: reviews that are equal word for word, or nearly so.

Exact duplicates have the same words in the same order, whatever their punctuation. Near ones share
`similarity` or more of their n-grams of `size` words, as Jaccard's index of the two sets (Broder
1997, On the resemblance and containment of documents). N-grams of more than a hundred reviews are
left out when the shared ones are counted: the cost would grow with the square of these reviews.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_json
from practical_dl.reviews.corpus.files import Ragged

COLUMNS = ["review_id", "other_id", "similarity", "kind"]
MOST_REVIEWS = 100
BLOCK = 5000
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def find_duplicates(tokens: Ragged, ids: pd.Series, size: int, similarity: float) -> pd.DataFrame:
    """All pairs of duplicates, the earlier one as `other_id`.

    Returns:
        review_id, other_id, similarity, kind (exact or near).
    """
    sets = _shingle_sets(tokens, size)
    sizes = np.asarray(sets.sum(axis=1)).ravel()
    reviews = np.asarray(sets.sum(axis=0)).ravel()
    shared = sets[:, (reviews > 1) & (reviews <= MOST_REVIEWS)].tocsr()
    found = _like_pairs(shared, sizes, similarity)
    same = same_words(tokens)
    exact = same[found["row"]] == same[found["other"]]
    return pd.DataFrame(
        {
            "review_id": ids.to_numpy()[found["row"]],
            "other_id": ids.to_numpy()[found["other"]],
            "similarity": found["similarity"],
            "kind": np.where(exact, "exact", "near"),
        }
    )


def count_duplicates(pairs: pd.DataFrame, reviews: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Reviews with an earlier duplicate, by kind: within train, within test, of test in train.

    A review with an exact duplicate is not counted as a near one.

    Args:
        reviews: columns review_id, split; validation reviews count as training ones.
    """
    side = reviews.set_index("review_id")["split"].replace("valid", "train")
    places = pairs.assign(
        split=pairs["review_id"].map(side), other_split=pairs["other_id"].map(side)
    )
    names = {
        "within_train": ("train", "train"),
        "within_test": ("test", "test"),
        "test_in_train": ("test", "train"),
    }
    counts = {}
    for name, (split, other) in names.items():
        chosen = places[(places["split"] == split) & (places["other_split"] == other)]
        exact = set(chosen["review_id"][chosen["kind"] == "exact"])
        near = set(chosen["review_id"]) - exact
        counts[name] = {"exact": len(exact), "near": len(near)}
    return counts


def read_counts(path: str | Path) -> dict[str, dict[str, int]]:
    """Read what `count_duplicates` returned."""
    return {name: found for name, found in read_json(path).items() if name != "version"}


def _shingle_sets(tokens: Ragged, size: int) -> sp.csr_matrix:
    values, offsets = tokens
    count = max(0, len(values) - size + 1)
    codes = np.zeros(count, np.uint64)
    for place in range(size):
        codes = codes * _FACTOR + values[place : place + count].astype(np.uint64)
    reviews = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    whole = reviews[:count] == reviews[len(values) - count :]
    _, columns = np.unique(codes[whole], return_inverse=True)
    shape = (len(offsets) - 1, int(columns.max(initial=-1)) + 1)
    sets = sp.csr_matrix(
        (np.ones(len(columns), np.int32), (reviews[:count][whole], columns)), shape=shape
    )
    sets.sum_duplicates()
    sets.data[:] = 1
    return sets


def _like_pairs(
    shared: sp.csr_matrix, sizes: NDArray[np.int64], similarity: float
) -> dict[str, NDArray[np.int64] | NDArray[np.float64]]:
    rows, others, values = [], [], []
    borders = [*range(0, shared.shape[0], BLOCK), shared.shape[0]]
    for start, end in pairwise(borders):
        common = (shared[start:end] @ shared.T).tocoo()
        row, other = common.row.astype(np.int64) + start, common.col.astype(np.int64)
        jaccard = common.data / (sizes[row] + sizes[other] - common.data)
        chosen = (other < row) & (jaccard >= similarity)
        rows.append(row[chosen])
        others.append(other[chosen])
        values.append(jaccard[chosen])
    found = (np.concatenate(part) for part in (rows, others, values))
    return dict(zip(("row", "other", "similarity"), found, strict=True))


def same_words(tokens: Ragged) -> NDArray[np.int64]:
    """One number per review, the same for the same words in the same order."""
    values, offsets = tokens
    texts = pd.Series([values[start:end].tobytes() for start, end in pairwise(offsets)])
    return pd.factorize(texts)[0].astype(np.int64)
