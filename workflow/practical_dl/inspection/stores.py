"""HDF5 files in words: features and their shards, pictures, ratings, tokens, vectors, models."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import missing_parts, open_hdf5, read_column, read_csv
from practical_dl.images.features.store import STORE_ATTRIBUTES, STORE_NAMES
from practical_dl.inspection.description import Description, balance, size_text, spread
from practical_dl.inspection.kinds import kind_of, lacking
from practical_dl.job.errors import UserError, counted, named
from practical_dl.reviews.corpus.files import TOKEN_NAMES
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS

MOST_BYTES = 200_000_000
ORIGIN = ("backbone", "layer", "pool", "engine", "precision", "input_size", "augmentation")


def describe_hdf5(path: Path) -> Description:
    """Any HDF5 file of the workflow.

    Raises:
        UserError: it is absent, damaged or of another version.
    """
    if path.name.endswith(".weights.h5"):
        return _describe_weights(path)
    with open_hdf5(path) as file:
        kind = kind_of(path.name, file)
        if kind is None:
            return Description("HDF5 file", wrong=["nothing in it is of this workflow"])
        described = Description(
            kind.what, wrong=[f"it lacks {part}" for part in lacking(kind, file)]
        )
        made_with = [f"{key} {file.attrs[key]}" for key in ORIGIN if file.attrs.get(key)]
        if made_with:
            described.facts["made with"] = ", ".join(made_with)
        for name, values in _datasets(file):
            _describe_dataset(path, name, values, described)
        _check_rows(file, described)
        if set(TOKEN_NAMES) <= set(file):
            _check_tokens(path, file, described)
    return described


def _describe_weights(path: Path) -> Description:
    described = Description("weights of a network")
    try:
        with h5py.File(path, "r") as file:
            describe_weights(file, described)
    except OSError as error:
        raise UserError(f"{path}: damaged or not an HDF5 file ({error})") from error
    return described


def describe_weights(file: h5py.File, described: Description) -> None:
    """Count the parameters of a Keras weights file, and look for NaN."""
    found = _datasets(file)
    arrays = [(name, values[()]) for name, values in found if not name.startswith("optimizer")]
    described.facts["parameters"] = (
        f"{sum(values.size for _, values in arrays):,} in {counted(len(arrays), 'array')}"
    )
    broken = [
        name
        for name, values in arrays
        if values.dtype.kind == "f" and not np.isfinite(values).all()
    ]
    if broken:
        described.wrong.append(f"NaN or infinite weights: {named(broken)}")


def _datasets(group: h5py.Group) -> Iterator[tuple[str, h5py.Dataset]]:
    found: list[tuple[str, h5py.Dataset]] = []
    group.visititems(
        lambda name, item: found.append((name, item)) if isinstance(item, h5py.Dataset) else None
    )
    return iter(found)


def _describe_dataset(path: Path, name: str, values: h5py.Dataset, described: Description) -> None:
    shape = " x ".join(map(str, values.shape)) or "one number"
    text = f"{shape} of {'text' if values.dtype.kind in 'SO' else values.dtype}"
    if values.is_virtual:
        text += f", joined from {counted(len(_sources(path, values, described)), 'shard')}"
        if described.wrong:
            described.facts[name] = text
            return
    if values.dtype.kind in "biuf" and values.size:
        seen = _summary(values)
        text += f", {seen.text}"
        _judge(name, values, seen, described)
    elif values.dtype.kind == "S" and values.ndim == 1 and len(values):
        text += f", {_text_column(read_column(values.parent, values.name))}"
    described.facts[name] = text


def _sources(path: Path, values: h5py.Dataset, described: Description) -> list[str]:
    """The files behind a virtual data set; HDF5 itself would return zeros for a missing one."""
    names = [source.file_name for source in values.virtual_sources()]
    rows = 0
    for name in names:
        shard = path.parent / name
        try:
            with h5py.File(shard, "r") as file:
                absent = missing_parts(file, STORE_NAMES, STORE_ATTRIBUTES)
                if absent:
                    described.wrong.append(f"its shard {name} lacks {named(absent)}")
                    continue
                rows += file[values.name].shape[0]
        except FileNotFoundError:
            described.wrong.append(f"its shard {name} is missing: its rows would be read as zeros")
        except OSError:
            described.wrong.append(f"its shard {name} is damaged")
    if not described.wrong and rows != values.shape[0]:
        described.wrong.append(f"its shards hold {rows:,} rows, expected {values.shape[0]:,}")
    return names


@dataclass(frozen=True)
class _Summary:
    """Summary of some rows: extremes of each last-axis column, number of NaN and of zero rows."""

    text: str
    low: NDArray[Any]
    high: NDArray[Any]
    not_finite: int
    zero_rows: int
    rows: int


def _summary(values: h5py.Dataset) -> _Summary:
    total = values.shape[0] if values.ndim else 1
    row_bytes = max(1, values.dtype.itemsize * values.size // max(1, total))
    count = min(total, max(1, MOST_BYTES // row_bytes))
    block = _rows(values, total, count)
    width = block.shape[-1] if block.ndim > 1 else 1
    flat = block.reshape(-1, width)
    finite = np.isfinite(flat)
    bad = int((~finite).sum())
    kept = flat[finite.all(axis=1)]
    low, high = (kept.min(axis=0), kept.max(axis=0)) if len(kept) else (flat[0], flat[0])
    part = f" (in {count:,} of {total:,} rows)" if count < total else ""
    zeros = int((~block.reshape(len(block), -1).any(axis=1)).sum()) if block.ndim > 1 else 0
    return _Summary(spread(block) + part, low, high, bad, zeros, len(block))


def _rows(values: h5py.Dataset, total: int, count: int) -> NDArray[Any]:
    """About `count` rows: all of them, or ten evenly spaced blocks."""
    if values.ndim == 0:
        return np.atleast_1d(values[()])
    if count == total:
        return np.asarray(values[:])
    length = max(1, count // 10)
    starts = np.linspace(0, total - length, min(10, count)).astype(int)
    return np.concatenate([values[start : start + length] for start in starts])


def _judge(name: str, values: h5py.Dataset, seen: _Summary, described: Description) -> None:
    if seen.not_finite:
        described.wrong.append(f"{name}: {counted(seen.not_finite, 'number')} NaN or infinite")
    if values.ndim < 2 or seen.rows < 2:
        return
    constant = int((seen.low == seen.high).sum())
    if constant:
        described.notes.append(f"{name}: {constant:,} of {len(seen.low):,} columns are constant")
    if seen.zero_rows:
        described.notes.append(f"{name}: {counted(seen.zero_rows, 'row')} of zeros only")


def _text_column(values: NDArray[Any]) -> str:
    column = pd.Series(values)
    return balance(column) if column.nunique() <= 12 else f"{column.nunique():,} different"


def _check_rows(file: h5py.File, described: Description) -> None:
    if "image_id" not in file:
        return
    ids = pd.Series(read_column(file, "image_id"))
    if ids.duplicated().any():
        described.wrong.append(f"duplicate image_id: {ids[ids.duplicated()].iloc[0]}")
    short = [
        name for name, values in _datasets(file) if values.ndim and values.shape[0] != len(ids)
    ]
    if short:
        described.wrong.append(f"{named(short)}: another number of rows than image_id has")
    if "label" in file:
        labels = pd.Series(file["label"][:])
        described.facts["classes"] = (
            balance(labels[labels >= 0]) if (labels >= 0).any() else "unknown"
        )


def _check_tokens(path: Path, file: h5py.File, described: Description) -> None:
    values, offsets = (file[name][:] for name in TOKEN_NAMES)
    vocabulary = path.with_name(path.name.replace("tokens.h5", "vocabulary.csv"))
    if len(values) and values.min() < 1:
        described.wrong.append("values: an index below 1")
    if vocabulary.is_file() and len(values):
        words = len(read_csv(vocabulary, VOCABULARY_COLUMNS))
        if values.max() > words:
            described.wrong.append(
                f"values: an index beyond the {words:,} words of {vocabulary.name}"
            )
    if len(offsets) == 0 or offsets[0] != 0 or offsets[-1] != len(values):
        described.wrong.append("offsets: they do not span the values")
    elif (np.diff(offsets) < 0).any():
        described.wrong.append("offsets: a review ends before it begins")


def store_size(path: Path) -> str:
    """Bytes of a file and of the shards that it joins, if any."""
    own = path.stat().st_size
    folder = path.with_suffix("")
    shards = sum(shard.stat().st_size for shard in folder.glob("shard_*.h5"))
    return f"{size_text(own)} and {size_text(shards)} in shards" if shards else size_text(own)
