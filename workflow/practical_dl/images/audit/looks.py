"""What an audit sees of each picture, all pictures at one small size and shape.

- `sha256` of the pixels: equal for copies whose files differ in what is no pixel.
- `bits`: a perceptual hash, the signs of the lowest frequencies of a cosine transform against their
  median (the "pHash" of Zauner 2010, Implementation and benchmarking of perceptual image hash
  functions). Copies that are brighter, smaller or compressed anew differ in few bits.
- `edges`: the signs of the differences between neighbouring points, where they are larger than the
  picture's median one. What stands still before a fixed camera has the same edges whatever moves
  before it and whatever the light, so they tell a scene more surely than brightness does.
- brightness and contrast (mean and standard deviation of grey, 0 to 255) and sharpness (standard
  deviation of the Laplacian, over the contrast).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dctn
from scipy.ndimage import laplace

SIZE = (90, 120)
"""Height and width at which pictures are looked at, in pixels."""
CELL = 3
"""Pixels along a side of the cells that edges and hash are taken from."""
LOWEST = 8
MEASURES = ("brightness", "contrast", "sharpness")

BLOCK_ROWS = 2000

Grey = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Looks:
    """sha256 (n,), bits bool (n, 63), edges int8 (n, d), and measures by name, float32 (n,)."""

    sha256: list[str]
    bits: NDArray[np.bool_]
    edges: NDArray[np.int8]
    measures: dict[str, Grey]


def look_at(blocks: Iterable[NDArray[np.uint8]]) -> Looks:
    """The looks of pictures that come in blocks (rows, height, width, 3) of SIZE."""
    parts = [_look_at_block(block) for block in blocks]
    return Looks(
        [name for part in parts for name in part.sha256],
        np.concatenate([part.bits for part in parts]),
        np.concatenate([part.edges for part in parts]),
        {name: np.concatenate([part.measures[name] for part in parts]) for name in MEASURES},
    )


def unit_edges(edges: NDArray[np.int8]) -> Grey:
    """Edges (n, d) with a length of one; a picture without any keeps none."""
    values = edges.astype(np.float32)
    length = np.linalg.norm(values, axis=1, keepdims=True)
    return values / np.maximum(length, 1)


def agreement(edges: NDArray[np.int8], first: Rows, second: Rows) -> Grey:
    """Cosine of the edges of pairs of pictures, by their rows: (pairs,)."""
    found = np.empty(len(first), np.float32)
    for start in range(0, len(first), BLOCK_ROWS):
        block = slice(start, start + BLOCK_ROWS)
        one, other = unit_edges(edges[first[block]]), unit_edges(edges[second[block]])
        found[block] = (one * other).sum(axis=1)
    return found


def _look_at_block(block: NDArray[np.uint8]) -> Looks:
    grey = block.mean(axis=3, dtype=np.float32)
    count, height, width = grey.shape
    cells = grey.reshape(count, height // CELL, CELL, width // CELL, CELL).mean(axis=(2, 4))
    contrast = grey.std(axis=(1, 2))
    ripple = np.stack([laplace(each) for each in grey]).std(axis=(1, 2))
    measures = (grey.mean(axis=(1, 2)), contrast, ripple / np.maximum(contrast, 1))
    return Looks(
        [hashlib.sha256(each.tobytes()).hexdigest() for each in block],
        _bits(cells),
        np.hstack([_edges(cells, 1), _edges(cells, 2)]),
        dict(zip(MEASURES, measures, strict=True)),
    )


def _bits(cells: Grey) -> NDArray[np.bool_]:
    lowest = dctn(cells, axes=(1, 2), norm="ortho")[:, :LOWEST, :LOWEST]
    values = lowest.reshape(len(cells), -1)[:, 1:]
    above: NDArray[Any] = values > np.median(values, axis=1, keepdims=True)
    return above


def _edges(cells: Grey, axis: int) -> NDArray[np.int8]:
    steps = np.diff(cells, axis=axis).reshape(len(cells), -1)
    is_edge = np.abs(steps) > np.median(np.abs(steps), axis=1, keepdims=True)
    return (np.sign(steps) * is_edge).astype(np.int8)
