"""Duplicates: reviews that are equal word for word, or nearly so.

Exact duplicates have the same words in the same order, whatever their punctuation and however many
there are. Near ones share `similarity` or more of their n-grams of `size` words, as Jaccard's index
of the two sets (Broder 1997, On the resemblance and containment of documents). Only different texts
are compared. N-grams of more than a hundred of them are left out when the shared ones are counted:
the cost would grow with the square of these texts. Texts that have such n-grams are compared by
MinHash (Broder 1997, as before) besides: with the one before that has the same least hash.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from practical_dl.files.artefacts import read_json
from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.tokens import split_words

COLUMNS = ["review_id", "other_id", "similarity", "kind"]
MOST_REVIEWS = 100
BLOCK = 5000
SIGNATURES = 16
"""Hashes that texts are compared by: two half alike differ in all of them once in 65,536."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Rows = NDArray[np.int64]


def number_texts(texts: Iterable[str]) -> Rows:
    """A number for each of `texts` (n,): the same for the same words in the same order.

    A text without words has a number of its own.
    """
    digests = [
        hashlib.blake2b(text.encode(), digest_size=16).hexdigest() if text else f"empty {place}"
        for place, text in enumerate(map(_words_alone, texts))
    ]
    return pd.factorize(np.array(digests, dtype=object))[0].astype(np.int64)


def statistics_of_unlabelled(texts: Sequence[str], tested: Iterable[str]) -> dict[str, int]:
    """How many unlabelled `texts` there are, and how many have the words of a `tested` one.

    Nothing where there are none. A text that is tested on has no label among the unlabelled either,
    so it does no more than the test texts themselves do to a model that reads them.
    """
    if not texts:
        return {}
    known = set(map(_words_alone, tested))
    copies = sum(_words_alone(text) in known for text in texts)
    return {"unlabelled": len(texts), "unlabelled_copies_of_test": copies}


def find_duplicates(
    tokens: Ragged, texts: Rows, reviews: pd.DataFrame, size: int, similarity: float
) -> pd.DataFrame:
    """Every review that has an earlier duplicate, with it; training reviews are the earlier ones.

    Of several equal texts the first is the other one.

    Args:
        texts: of `number_texts`, (reviews,).
        reviews: columns review_id, split.

    Returns:
        review_id, other_id, similarity, kind (exact or near).
    """
    order = np.argsort((reviews["split"] == "test").to_numpy(), kind="stable")
    found = duplicate_rows(tokens, texts, order, size, similarity)
    ids = reviews["review_id"].to_numpy()
    return pd.DataFrame(
        {
            "review_id": ids[found["row"]],
            "other_id": ids[found["other"]],
            "similarity": found["similarity"],
            "kind": found["kind"],
        }
    )


def duplicate_rows(
    tokens: Ragged, texts: Rows, order: Rows, size: int, similarity: float
) -> pd.DataFrame:
    """Columns row, other, similarity, kind; rows come from the earliest in `order` (n,) on."""
    _, starts, number = np.unique(texts[order], return_index=True, return_inverse=True)
    distinct = order[np.sort(starts)]
    sets = _shingle_sets(tokens, size)[distinct]
    sizes = np.asarray(sets.sum(axis=1)).ravel()
    having = np.asarray(sets.sum(axis=0)).ravel()
    shared = sets[:, (having > 1) & (having <= MOST_REVIEWS)].tocsr()
    crowded = np.flatnonzero(sets[:, having > MOST_REVIEWS].sum(axis=1))
    pairs = (_like_pairs(shared, sizes, similarity), _hashed_pairs(sets, crowded, similarity))
    near = pd.concat(map(pd.DataFrame, pairs)).sort_values("similarity", kind="stable")
    near = near.drop_duplicates(["row", "other"], keep="last").assign(kind="near")
    near = near.assign(first=distinct[near["row"]], other=distinct[near["other"]])
    members = pd.DataFrame({"row": order, "first": order[starts][number]})
    copies = members[members["row"] != members["first"]]
    exact = copies.rename(columns={"first": "other"}).assign(similarity=1.0, kind="exact")
    every_near = members.merge(near.drop(columns="row"), on="first").drop(columns="first")
    found = pd.concat([exact, every_near])[["row", "other", "similarity", "kind"]]
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    by_place = found.assign(at=place[found["row"]], before=place[found["other"]])
    return by_place.sort_values(["at", "before"])[list(found)].reset_index(drop=True)


def alike_texts(tokens: Ragged, texts: Rows, size: int, similarity: float) -> Rows:
    """A number for each review, (n,): the same for duplicates, exact or near, and theirs."""
    count = len(texts)
    found = duplicate_rows(tokens, texts, np.arange(count), size, similarity)
    graph = sp.coo_matrix(
        (np.ones(len(found)), (found["row"], found["other"])), shape=(count, count)
    )
    alike: Rows = connected_components(graph, directed=False)[1].astype(np.int64)
    return alike


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


def _words_alone(text: str) -> str:
    return " ".join(split_words(text))


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


def _hashed_pairs(
    sets: sp.csr_matrix, rows: Rows, similarity: float
) -> dict[str, NDArray[np.int64] | NDArray[np.float64]]:
    """Pairs among these `rows` of which one is the next that has the other's least hash."""
    own = sets[rows]
    found = []
    for factor in np.random.default_rng(0).integers(1, 2**63, SIGNATURES, np.uint64):
        hashes = own.indices.astype(np.uint64) * (2 * factor + np.uint64(1))
        least = np.minimum.reduceat(hashes, own.indptr[:-1]) if len(rows) else hashes
        order = np.argsort(least, kind="stable")
        is_next = least[order][1:] == least[order][:-1]
        found.append(np.column_stack([order[1:], order[:-1]])[is_next])
    later, earlier = np.unique(np.concatenate(found), axis=0).T
    common = np.asarray(own[later].multiply(own[earlier]).sum(axis=1)).ravel()
    sizes = np.asarray(own.sum(axis=1)).ravel()
    jaccard = common / (sizes[later] + sizes[earlier] - common)
    chosen = jaccard >= similarity
    pairs = rows[later[chosen]], rows[earlier[chosen]], jaccard[chosen]
    return dict(zip(("row", "other", "similarity"), pairs, strict=True))
