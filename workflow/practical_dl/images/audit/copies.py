"""Copies and near copies of pictures, and where it matters that they are.

Exact copies have the same pixels. Near copies (smaller, brighter, cut at the border, compressed
anew) must be alike in two ways that err differently: by the perceptual hash, which takes pictures
of like layout for one, and by the features of a network, which take pictures of like content for
one, or by the edges. Features alone lose copies of small pictures, which a network sees compression
in; edges alone lose what is cut at the border. Frames of a film in which nothing moved are near
copies too: for a model they are.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from practical_dl.images.audit.looks import BLOCK_ROWS, Looks, agreement, unit_edges

Rows = NDArray[np.int64]

MOST_BITS = 10
"""Of the 63 of the hash, that near copies may differ in."""
SAME_EDGES = 0.9
"""Agreement of the edges of near copies, where features do not say it."""
PROJECTED = 128
COLUMNS = ["copies", "image_id", "other", "kind", "bits", "features", "edges", "across"]
ACROSS = ("classes", "train and test", "sides of the split", "groups")


def copies(
    rows: pd.DataFrame, looks: Looks, near: Rows, points: NDArray[Any], alike: float
) -> pd.DataFrame:
    """Pairs of pictures that are copies: COLUMNS, sorted by the pictures.

    `copies` numbers what hangs together, from 1; `bits` is how many of the hash differ, `features`
    the cosine of their features about the mean, `edges` the agreement of their edges; `across`
    what the pair crosses, of ACROSS.

    Args:
        rows: image_id, label, group, split and role ('' where unknown) of each picture.
        near: other pictures of each that may be copies: (n, k), such as the nearest.
        points: features (n, d).
        alike: cosine of features from which a near copy is one.
    """
    exact = _exact_pairs(looks.sha256)
    first, second = _unique_pairs(near)
    same_content = cosine(points, first, second) >= alike
    same_edges = agreement(looks.edges, first, second) >= SAME_EDGES
    kept = (_bits_between(looks, first, second) <= MOST_BITS) & (same_content | same_edges)
    pairs = np.concatenate([exact, np.stack([first[kept], second[kept]], axis=1)])
    pairs = np.unique(pairs, axis=0)
    return _described(rows, looks, points, pairs)


def projected_edges(edges: NDArray[np.int8], seed: int) -> NDArray[np.float32]:
    """Unit edges (n, d) in PROJECTED random directions: what agrees much stays near."""
    directions = np.random.default_rng(seed).normal(size=(edges.shape[1], PROJECTED))
    found = np.empty((len(edges), PROJECTED), np.float32)
    for start in range(0, len(edges), BLOCK_ROWS):
        block = slice(start, start + BLOCK_ROWS)
        found[block] = unit_edges(edges[block]) @ directions.astype(np.float32)
    return found


def cosine(points: NDArray[Any], first: Rows, second: Rows) -> NDArray[np.float64]:
    """Cosine of pairs of `points` (n, d) about their mean, by their rows: (pairs,)."""
    about = points.astype(np.float32) - points.mean(axis=0, dtype=np.float32)
    about /= np.maximum(np.linalg.norm(about, axis=1, keepdims=True), np.float32(1e-12))
    return np.einsum("nd,nd->n", about[first], about[second]).astype(np.float64)


def _bits_between(looks: Looks, first: Rows, second: Rows) -> Rows:
    return (looks.bits[first] != looks.bits[second]).sum(axis=1)


def _exact_pairs(names: Sequence[str]) -> Rows:
    """Each picture with the first of its pixels: (pairs, 2)."""
    first = dict[str, int]()
    pairs = [(first.setdefault(name, row), row) for row, name in enumerate(names)]
    return np.array([pair for pair in pairs if pair[0] != pair[1]], np.int64).reshape(-1, 2)


def _unique_pairs(near: Rows) -> tuple[Rows, Rows]:
    count, links = near.shape
    pairs = np.stack([np.repeat(np.arange(count), links), near.ravel()], axis=1)
    first, second = np.unique(np.sort(pairs, axis=1), axis=0).reshape(-1, 2).T
    return first, second


def _described(rows: pd.DataFrame, looks: Looks, points: NDArray[Any], pairs: Rows) -> pd.DataFrame:
    first, second = pairs.T
    names = np.array(looks.sha256, dtype=object)
    graph = coo_matrix((np.ones(len(pairs)), (first, second)), (len(rows), len(rows)))
    component = connected_components(graph, directed=False)[1][first]
    ids = rows["image_id"].to_numpy()
    return pd.DataFrame(
        {
            "copies": pd.factorize(component)[0] + 1,
            "image_id": ids[first],
            "other": ids[second],
            "kind": np.where(names[first] == names[second], "exact", "near"),
            "bits": _bits_between(looks, first, second),
            "features": cosine(points, first, second).round(4),
            "edges": agreement(looks.edges, first, second).astype(np.float64).round(4),
            "across": _crossed(rows.iloc[first], rows.iloc[second]),
        },
        columns=COLUMNS,
    )


def _crossed(ones: pd.DataFrame, others: pd.DataFrame) -> list[str]:
    """What each pair crosses, in words; what is unknown of one of both is not crossed."""
    differs = {
        name: _differ(ones[column], others[column])
        for name, column in zip(ACROSS, ("label", "split", "role", "group"), strict=True)
    }
    table = pd.DataFrame(differs)
    return [" + ".join(name for name in ACROSS if row[name]) for _, row in table.iterrows()]


def _differ(ones: "pd.Series[str]", others: "pd.Series[str]") -> NDArray[np.bool_]:
    one, other = ones.to_numpy(), others.to_numpy()
    return np.asarray((one != other) & (one != "") & (other != ""))
