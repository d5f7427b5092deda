"""Does a validation part look like the test part? What can be seen of both without labels."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from practical_dl.files.artefacts import read_csv
from practical_dl.images.features.look_alikes import nearest

Rows = NDArray[np.int64]
Points = NDArray[np.float32]

NEIGHBOURS = 5
BLOCK_ROWS = 1000
MOST_ROWS = 2000
"""Of each side that the classifier is given: it has to tell parts, not to be good at it."""
PENALTY_C = 0.01
TEST = "test"
COLUMNS = [
    "part",
    "pictures",
    "clusters",
    "typical_cluster",
    "distance",
    "far_distance",
    "told_apart",
    "share_off",
]


def clusters(points: Points) -> Rows:
    """The cluster (n,) of each of `points` (n, d): joined by links to the NEIGHBOURS nearest."""
    near = nearest(points, NEIGHBOURS)
    count, links = near.shape
    graph = csr_matrix(
        (np.ones(near.size), near.ravel(), np.arange(0, near.size + 1, links)), (count, count)
    )
    found: Rows = connected_components(graph, directed=False)[1].astype(np.int64)
    return found


def nearest_distances(points: Points, others: Points) -> NDArray[np.float64]:
    """Euclidean distance of each of `points` (n, d) to the nearest of `others` (m, d): (n,)."""
    squares = (others**2).sum(axis=1)
    found = np.empty(len(points))
    for start in range(0, len(points), BLOCK_ROWS):
        block = points[start : start + BLOCK_ROWS]
        least = (squares[None] - 2 * block @ others.T).min(axis=1)
        found[start : start + len(block)] = np.sqrt(np.maximum(least + (block**2).sum(axis=1), 0))
    return found


def told_apart(points: Points, others: Points, seed: int) -> float:
    """How surely a model tells `points` from `others`: area under the ROC curve, 0.5 is not at all.

    It is fitted on a random half of either side and asked about the other half.
    """
    rng = np.random.default_rng(seed)
    sides = [points[_sampled(len(points), rng)], others[_sampled(len(others), rng)]]
    values = np.concatenate(sides)
    side = np.repeat([1, 0], [len(rows) for rows in sides])
    fitted = rng.permutation(len(side)) % 2 == 0
    model = LogisticRegression(C=PENALTY_C, class_weight="balanced")
    model.fit(values[fitted], side[fitted])
    return float(roc_auc_score(side[~fitted], model.decision_function(values[~fitted])))


def likeness(
    look: Points,
    fold: Rows,
    test_look: Points,
    predicted: NDArray[Any],
    test_predicted: NDArray[Any],
    shares: NDArray[Any],
    seed: int,
) -> pd.DataFrame:
    """One row a fold, and one of the test part: COLUMNS.

    typical_cluster is the size of the cluster that the median picture is in; distance and
    far_distance the median and the 95 % point of the distance to the nearest training picture;
    share_off the most that a class's mean probability is off its share of the training rows.

    Args:
        look, test_look: (n, d), (m, d) by which look-alikes are found.
        predicted, test_predicted: probabilities (n, classes), (m, classes), before any balance.
        shares: (classes,) of the training rows.
    """
    rows = []
    for name, points, training, values in _parts(look, fold, test_look, predicted, test_predicted):
        own = clusters(points)
        sizes = np.bincount(own)
        distances = nearest_distances(points, training)
        rows.append(
            {
                "part": name,
                "pictures": len(points),
                "clusters": len(sizes),
                "typical_cluster": float(np.median(sizes[own])),
                "distance": float(np.median(distances)),
                "far_distance": float(np.percentile(distances, 95)),
                "told_apart": told_apart(points, training, seed),
                "share_off": float(np.abs(values.mean(axis=0) - shares).max()),
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def read_likeness(path: str) -> pd.DataFrame:
    """Read the table of `likeness`."""
    return read_csv(path, COLUMNS, {"pictures": int, "clusters": int, **_FLOATS})


_FLOATS = dict.fromkeys(COLUMNS[3:], float)


def _parts(
    look: Points,
    fold: Rows,
    test_look: Points,
    predicted: NDArray[Any],
    test_predicted: NDArray[Any],
) -> Iterator[tuple[str, Points, Points, NDArray[Any]]]:
    for number in np.unique(fold):
        own = fold == number
        yield f"fold {number}", look[own], look[~own], predicted[own]
    yield TEST, test_look, look, test_predicted


def _sampled(count: int, rng: np.random.Generator) -> Rows:
    return np.sort(rng.choice(count, min(count, MOST_ROWS), replace=False))
