"""Reduced features: principal components of the channels, as they are and without look-alikes.

Heads that are trained hundreds of times read these small files instead of the feature store. The
projection knows no label. Columns of a reduced file: image_id, label, group; its arrays: `plain`
and `centred` float16 (n, height, width, components), `average` float32 (n, channels) of the
unreduced features, and `look` float32 (n, components), by which look-alikes are found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, read_column, write_column, write_hdf5
from practical_dl.images.features.look_alikes import nearest, without_local_mean
from practical_dl.images.features.store import COLUMNS, FeatureStore
from practical_dl.job.errors import UserError

Rows = NDArray[np.int64]

PROJECTION_NAMES = ("matrix", "offset")
ARRAYS = ("plain", "centred", "average", "look")
REDUCED_NAMES = (*ARRAYS, *COLUMNS)
BLOCK_ROWS = 256
LOCATIONS = 100_000
LEAST_DEVIATION = 0.3
"""Of the median channel's: a channel that is hardly ever on is not blown up to be like others."""


@dataclass(frozen=True)
class Projection:
    """Affine map of channels: `features @ matrix + offset`."""

    matrix: NDArray[np.float32]
    offset: NDArray[np.float32]

    def __call__(self, features: NDArray[Any]) -> NDArray[np.float32]:
        """Features (..., channels) as (..., components)."""
        return features.astype(np.float32) @ self.matrix + self.offset


def fit_projection(features: NDArray[Any], components: int) -> Projection:
    """Principal components of the standardised channels of `features` (..., channels).

    They are as long as the data vary along them, and scaled together to variance one in the mean.

    Raises:
        UserError: all channels are constant.
    """
    values = features.reshape(-1, features.shape[-1]).astype(np.float32)
    components = min(components, values.shape[1])
    mean, deviation = values.mean(axis=0), values.std(axis=0)
    if not deviation.any():
        raise UserError(
            "the features are the same in every picture; check the backbone's weights and layer"
        )
    floor = LEAST_DEVIATION * float(np.median(deviation[deviation > 0]))
    scale = 1 / np.maximum(deviation, floor)
    spread, directions = np.linalg.eigh(np.cov(((values - mean) * scale).T.astype(np.float64)))
    kept = directions[:, ::-1][:, :components] * _signs(directions[:, ::-1][:, :components])
    matrix = (kept * scale[:, None] / np.sqrt(spread[-components:].mean())).astype(np.float32)
    return Projection(matrix, -mean @ matrix)


def _signs(directions: NDArray[Any]) -> NDArray[Any]:
    """Directions are known up to their sign: the largest entry is made positive."""
    largest = np.abs(directions).argmax(axis=0)
    return np.sign(directions[largest, np.arange(directions.shape[1])])


def sampled_features(stores: Sequence[FeatureStore], seed: int) -> NDArray[np.float16]:
    """Features (n, ...) of rows with about LOCATIONS locations of all `stores`, drawn by `seed`.

    Each store has a share by its number of rows: the projection sees test pictures as it sees
    those of held-out folds, so both are predicted alike.
    """
    shape = stores[0].shape
    wanted = max(1, LOCATIONS // (int(np.prod(shape[:-1])) if len(shape) > 1 else 1))
    total = sum(len(store.rows) for store in stores)
    rng = np.random.default_rng(seed)
    found = []
    for store in stores:
        count = len(store.rows)
        share = min(count, round(wanted * count / total))
        found.append(store.read(np.sort(rng.choice(count, share, replace=False))))
    return np.concatenate(found)


def write_projection(path: Path, projection: Projection) -> None:
    def write(file: h5py.File) -> None:
        file["matrix"], file["offset"] = projection.matrix, projection.offset

    write_hdf5(path, write)


def read_projection(path: Path) -> Projection:
    """Read what `write_projection` wrote."""
    with open_hdf5(path, PROJECTION_NAMES) as file:
        return Projection(file["matrix"][:], file["offset"][:])


def reduce_rows(
    store: FeatureStore, rows: Rows, projection: Projection, among: int
) -> dict[str, NDArray[Any]]:
    """The ARRAYS of the ascending `rows` of `store`: one part, in which look-alikes are found.

    The look-alikes of a row are its `among` nearest.
    """
    height, width = store.shape[:2] if len(store.shape) == 3 else (1, 1)
    count, components = len(rows), projection.matrix.shape[1]
    plain = np.empty((count, height, width, components), np.float16)
    average = np.empty((count, store.shape[-1]), np.float32)
    for start in range(0, count, BLOCK_ROWS):
        block = np.s_[start : start + BLOCK_ROWS]
        maps = store.read(rows[block]).reshape(len(rows[block]), height, width, -1)
        plain[block], average[block] = projection(maps), maps.mean(axis=(1, 2), dtype=np.float32)
    look = projection(average)
    centred = without_local_mean(plain, nearest(look, among))
    return dict(zip(ARRAYS, (plain, centred, average, look), strict=True))


def write_reduced(path: Path, store: FeatureStore, projection: Projection, among: int) -> None:
    """Reduce all rows of `store`, as `reduce_rows` does."""
    arrays = reduce_rows(store, np.arange(len(store.rows)), projection, among)

    def write(file: h5py.File) -> None:
        for name, values in arrays.items():
            file.create_dataset(name, data=values)
        for column in COLUMNS:
            write_column(file, column, store.rows[column].to_numpy())

    write_hdf5(path, write)


def read_reduced(path: Path, name: str) -> tuple[pd.DataFrame, NDArray[Any]]:
    """The rows (image_id, label, group) of a reduced file, and one of its arrays.

    Raises:
        UserError: the file is absent or damaged, or lacks rows.
    """
    with open_hdf5(path, (name, *COLUMNS)) as file:
        rows = pd.DataFrame({column: read_column(file, column) for column in COLUMNS})
        values = file[name][:]
    if len(rows) != len(values):
        raise UserError(f"{path}: features and rows differ in number; delete it and run again")
    return rows, values


def reduced_files(paths: Sequence[str | Path]) -> dict[tuple[str, str], Path]:
    """Reduced files by their backbone and part: they lie in a folder of each backbone."""
    return {(Path(path).parent.name, Path(path).stem): Path(path) for path in paths}


def read_test(
    paths: Sequence[Path], name: str, labelled: NDArray[Any]
) -> tuple[pd.DataFrame, NDArray[Any]]:
    """The same of the test pictures; no rows where there is no test part: no path."""
    if paths:
        return read_reduced(paths[0], name)
    return pd.DataFrame(columns=list(COLUMNS)), labelled[:0]


def region_means(maps: Sequence[NDArray[Any]], count: int) -> list[NDArray[np.float32]]:
    """Means over `count` x `count` regions of each of the `maps` (n, h, w, c): (n, regions * c).

    Regions are as even as can be, and no smaller than a location. All are scaled alike, the first
    to a deviation of one.
    """
    means = [region_maps(part, count).reshape(len(part), -1) for part in maps]
    deviation = means[0].std()
    return [part / deviation for part in means]


def region_maps(maps: NDArray[Any], count: int) -> NDArray[np.float32]:
    """Means over these regions as smaller maps: (n, regions along the height, the width, c)."""
    height, width = maps.shape[1:3]
    rows = np.array_split(np.arange(height), min(count, height))
    columns = np.array_split(np.arange(width), min(count, width))
    found = np.empty((len(maps), len(rows), len(columns), maps.shape[3]), np.float32)
    for down, row in enumerate(rows):
        for across, column in enumerate(columns):
            region = maps[:, row[0] : row[-1] + 1, column[0] : column[-1] + 1]
            region.mean((1, 2), dtype=np.float32, out=found[:, down, across])
    return found
