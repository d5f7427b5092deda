"""The feature store: shards of HDF5, joined as one virtual data set.

A shard holds `features` float16 (n, height, width, channels) or (n, channels), and for each row
`image_id`, `label` (index of the class, -1 unknown) and `group`. Its attributes say which network
made it: backbone, layer, pool, weights_sha256, input_size, engine, precision, augmentation, and
the package versions.
The joined file maps the shards' features without copying them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, read_column, write_column, write_hdf5
from practical_dl.job.errors import UserError

Features = NDArray[np.float16]

CHUNK_BYTES = 256_000
COLUMNS = ("image_id", "label", "group")
STORE_NAMES = ("features", *COLUMNS)
UNKNOWN = -1
SAME_AS_DESCRIBED = ("weights_sha256", "layer", "pool", "engine", "precision")


@dataclass(frozen=True)
class Origin:
    """Which network made the features, on which pictures."""

    backbone: str
    layer: str
    pool: str
    weights_sha256: str
    input_size: str
    engine: str
    precision: str
    augmentation: str


STORE_ATTRIBUTES = tuple(field.name for field in fields(Origin))


def shard_rows(count: int, shards: int, shard: int) -> slice:
    """The rows of `shard` (from 0) when `count` rows are divided as evenly as can be."""
    return slice(count * shard // shards, count * (shard + 1) // shards)


def write_shard(
    path: Path,
    rows: pd.DataFrame,
    classes: Sequence[str],
    shape: Sequence[int],
    origin: Origin,
    versions: dict[str, str],
    blocks: Iterable[NDArray[Any]],
) -> None:
    """Stream `blocks` (any number of rows each) of features of one row's `shape` into a shard.

    Raises:
        UserError: a feature is infinite or not a number, in float16.
        ValueError: the blocks do not add up to the rows.
    """
    row_bytes = 2 * int(np.prod(shape))
    chunk = max(1, min(len(rows), CHUNK_BYTES // row_bytes))

    def write(file: h5py.File) -> None:
        features = file.create_dataset(
            "features",
            (len(rows), *shape),
            np.float16,
            chunks=(chunk, *shape) if len(rows) else None,
        )
        _write_columns(file, rows, classes)
        _write_origin(file, origin, versions)
        done = 0
        for block in blocks:
            with np.errstate(over="ignore"):
                half = block.astype(np.float16)
            if not np.isfinite(half).all():
                raise UserError(
                    f"{path}: {origin.backbone} gave a feature that float16 cannot hold "
                    "(infinite or not a number); check the weights"
                )
            features[done : done + len(half)] = half
            done += len(half)
        if done != len(rows):
            raise ValueError(f"{done} features for {len(rows)} rows")

    write_hdf5(path, write)


def join_shards(path: Path, shards: Sequence[Path]) -> None:
    """Write `path` as a virtual data set over the `shards`, which lie in its own folder's tree."""
    parts = [_read_part(shard) for shard in shards]
    shape = parts[0].shape[1:]
    layout = h5py.VirtualLayout((sum(part.shape[0] for part in parts), *shape), np.float16)
    layout.dcpl.set_obj_track_times(False)  # else the file would keep when it was joined
    start = 0
    for shard, part in zip(shards, parts, strict=True):
        _require_same_origin(shards[0], parts[0], shard, part)
        name = shard.relative_to(path.parent).as_posix()
        layout[start : start + part.shape[0]] = h5py.VirtualSource(name, "features", part.shape)
        start += part.shape[0]

    def write(file: h5py.File) -> None:
        file.create_virtual_dataset("features", layout)
        for column in COLUMNS:
            values = np.concatenate([part.columns[column] for part in parts])
            write_column(file, column, values)
        file.attrs.update(parts[0].attributes)

    write_hdf5(path, write)


@dataclass(frozen=True)
class FeatureStore:
    """A joined store that was checked: every shard is there, whole, and of the asked weights.

    `rows` has the columns image_id, label, group in the order of the features.
    """

    path: Path
    rows: pd.DataFrame
    shape: tuple[int, ...]

    def read(self, positions: NDArray[np.int64], room: Features | None = None) -> Features:
        """Features at the ascending `positions`, read in contiguous runs.

        With `room`, an array of at least as many rows, they are read into its first ones: fresh
        memory costs more than reading does.
        """
        shape = (len(positions), *self.shape)
        out = np.empty(shape, np.float16) if room is None else room[: len(positions)]
        with h5py.File(self.path, "r") as file:
            features = file["features"]
            breaks = np.flatnonzero(np.diff(positions) != 1) + 1
            for run in np.split(np.arange(len(positions)), breaks):
                if len(run):
                    first, last = int(positions[run[0]]), int(positions[run[-1]])
                    features.read_direct(
                        out, np.s_[first : last + 1], np.s_[int(run[0]) : int(run[-1]) + 1]
                    )
        return out


def open_store(path: Path, shards: Sequence[Path], description: Mapping[str, Any]) -> FeatureStore:
    """Check the store at `path` and the `shards` behind it.

    Raises:
        UserError: a shard is missing, damaged or short (HDF5 itself would return zeros), or the
            features were made by another network, engine or precision than backbone.json's
            `description` says.
    """
    parts = [_read_part(shard) for shard in shards]
    with open_hdf5(path, STORE_NAMES, STORE_ATTRIBUTES) as file:
        rows = pd.DataFrame({column: read_column(file, column) for column in COLUMNS})
        shape = tuple(file["features"].shape[1:])
        made_with = {name: str(file.attrs[name]) for name in SAME_AS_DESCRIBED}
    if sum(part.shape[0] for part in parts) != len(rows):
        raise UserError(f"{path}: its shards hold another number of rows; delete it and run again")
    for name, made in made_with.items():
        if made != description[name]:
            raise UserError(
                f"{path}: made with {name} {made[:12]}, asked for {description[name][:12]}; "
                "delete the folder and run again"
            )
    return FeatureStore(path, rows, shape)


def open_stores(
    paths: Sequence[Path], shards: Sequence[Path], description: Mapping[str, Any]
) -> list[FeatureStore]:
    """Open stores of as many shards each; `shards` are those of the first, then of the next."""
    each = len(shards) // len(paths)
    return [
        open_store(path, shards[number * each : (number + 1) * each], description)
        for number, path in enumerate(paths)
    ]


@dataclass(frozen=True)
class _Part:
    shape: tuple[int, ...]
    columns: dict[str, NDArray[Any]]
    attributes: dict[str, Any]


def _read_part(path: Path) -> _Part:
    with open_hdf5(path, STORE_NAMES, STORE_ATTRIBUTES) as file:
        columns = {column: read_column(file, column) for column in COLUMNS}
        attributes = {key: value for key, value in file.attrs.items() if key != "version"}
        shape = tuple(file["features"].shape)
    if any(len(values) != shape[0] for values in columns.values()):
        raise UserError(f"{path}: features and rows differ in number; delete it and run again")
    return _Part(shape, columns, attributes)


def _require_same_origin(first: Path, one: _Part, other: Path, two: _Part) -> None:
    if one.attributes != two.attributes or one.shape[1:] != two.shape[1:]:
        raise UserError(
            f"{other}: made by another network, engine or package than {first}; "
            "delete it and run again"
        )


def _write_columns(file: h5py.File, rows: pd.DataFrame, classes: Sequence[str]) -> None:
    codes = pd.Categorical(rows["label"], categories=list(classes)).codes
    file.create_dataset("label", data=codes.astype(np.int32))
    for column in ("image_id", "group"):
        write_column(file, column, rows[column].to_numpy())


def _write_origin(file: h5py.File, origin: Origin, versions: dict[str, str]) -> None:
    file.attrs.update(vars(origin))
    file.attrs.update({f"{name}_version": value for name, value in sorted(versions.items())})
