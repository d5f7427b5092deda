"""Look-alikes: the pictures nearest to a picture in feature space, and what is done with them.

A drive is filmed as a sequence, so the nearest pictures show the same driver, and the very nearest
the same moment. The mean over some hundred of them shows the driver without the action; features
from which it is subtracted show the action. No label is used, so it works on test pictures too
(as adapting the statistics of batch normalisation to a new domain does: Li et al. 2017,
Revisiting Batch Normalization For Practical Domain Adaptation).
"""

from pathlib import Path
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from practical_dl.files.artefacts import open_hdf5, write_hdf5

Rows = NDArray[np.int64]

NEIGHBOUR_NAMES = ("labelled", "test")
BLOCK_ROWS = 1000
BLOCK_DISTANCES = 64_000_000
BLOCK_COLUMNS = 2048


def nearest(points: NDArray[Any], count: int) -> Rows:
    """For each of `points` (n, d) its `count` nearest others, nearest first: (n, count).

    Euclidean distances; where there are fewer others, all of them.
    """
    values = points.astype(np.float32)
    count = max(0, min(count, len(values) - 1))
    squares = (values**2).sum(axis=1)
    found = np.empty((len(values), count), np.int64)
    rows = min(BLOCK_ROWS, max(1, BLOCK_DISTANCES // max(1, len(values))))
    for start in range(0, len(values), rows):
        block = slice(start, start + rows)
        distances = squares[None] - 2 * values[block] @ values.T
        own = np.arange(start, start + len(distances))
        distances[own - start, own] = np.inf
        near = np.argpartition(distances, max(count - 1, 0), axis=1)[:, :count]
        order = np.argsort(np.take_along_axis(distances, near, 1), axis=1, kind="stable")
        found[block] = np.take_along_axis(near, order, 1)
    return found


def nearest_within(points: NDArray[Any], parts: NDArray[Any], count: int) -> Rows:
    """The same, among the rows of the same part only; `parts` (n,) names each row's.

    A part with fewer other rows than `count` repeats its last neighbours, so that all rows have
    as many; a row that is alone in its part is its own neighbour.
    """
    found = np.empty((len(points), count), np.int64)
    for part in np.unique(parts):
        rows = np.flatnonzero(parts == part)
        own = rows[nearest(points[rows], count)] if len(rows) > 1 else rows[:, None]
        found[rows] = np.pad(own, ((0, 0), (0, count - own.shape[1])), mode="edge")
    return found


def without_local_mean(features: NDArray[Any], neighbours: Rows) -> NDArray[np.float16]:
    """`features` (n, ...) minus their mean over the `neighbours` (n, k) of each row."""
    count, near = neighbours.shape
    starts = np.arange(0, count * near + 1, near)
    share = np.full(count * near, 1 / near, np.float32)
    mean = csr_matrix((share, neighbours.ravel(), starts), shape=(count, count))
    flat = features.reshape(count, -1)
    centred = np.empty(flat.shape, np.float16)
    for start in range(0, flat.shape[1], BLOCK_COLUMNS):
        columns = np.s_[:, start : start + BLOCK_COLUMNS]
        block = np.ascontiguousarray(flat[columns], np.float32)
        centred[columns] = block - mean @ block
    return centred.reshape(features.shape)


def write_neighbours(path: str | Path, labelled: Rows, test: Rows) -> None:
    """Write the nearest rows of every labelled and every test picture, as `nearest` gives them."""

    def write(file: h5py.File) -> None:
        file["labelled"], file["test"] = labelled, test

    write_hdf5(path, write)


def read_neighbours(path: str | Path) -> tuple[Rows, Rows]:
    """Read what `write_neighbours` wrote."""
    with open_hdf5(path, NEIGHBOUR_NAMES) as file:
        return file["labelled"][:], file["test"][:]
