"""Reading and writing artefacts: written whole or not at all, checked when they are read.

A file appears under its name only when it is complete: it is written beside its final name,
flushed to the disk and renamed. CSV files are described by their columns; JSON and HDF5 files
carry the version of their contract. pandas and h5py are imported where they are used: reading the
configuration and writing a page need neither.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from practical_dl.job.errors import UserError

if TYPE_CHECKING:
    import h5py
    import pandas as pd
    from numpy.typing import NDArray

VERSION = 1
FLOAT_FORMAT = "%.9g"


@contextmanager
def atomic_path(path: str | Path) -> Iterator[Path]:
    """Yield a temporary name beside `path`; on success flush it and rename it to `path`.

    The temporary name ends like the final one, so that writers that look at the suffix choose
    the right format; it is always the same, so that a killed job leaves nothing that its next
    run does not replace. When the block raises, whatever stood at `path` stays.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".partial.{path.name}")
    try:
        yield temporary
        _flush_to_disk(temporary)
        temporary.replace(path)
        _flush_to_disk(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: str | Path, text: str) -> None:
    with atomic_path(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def write_bytes(path: str | Path, content: bytes) -> None:
    with atomic_path(path) as temporary:
        temporary.write_bytes(content)


def write_csv(path: str | Path, frame: pd.DataFrame) -> None:
    """Write `frame` without its index, floats with 9 significant digits, lines ending in LF."""
    with atomic_path(path) as temporary:
        frame.to_csv(temporary, index=False, float_format=FLOAT_FORMAT, lineterminator="\n")


def read_csv(
    path: str | Path,
    columns: Sequence[str],
    dtypes: Mapping[str, Any] | None = None,
    others_allowed: bool = False,
) -> pd.DataFrame:
    """Read a CSV whose header starts with `columns`, and has no others unless allowed.

    Columns are text unless `dtypes` says otherwise; an empty text field is read as ''.

    Raises:
        UserError: the file is absent, empty or not UTF-8, its columns are not those of the
            contract, or a value is not of the column's type.
    """
    import pandas as pd

    header, rows = _csv_rows(path)
    as_expected = header[: len(columns)] == list(columns)
    if not as_expected or (len(header) > len(columns) and not others_allowed):
        raise UserError(f"{path}: columns are {','.join(header)}, expected {','.join(columns)}")
    twice = sorted(name for name, count in Counter(header).items() if count > 1)
    if twice:
        raise UserError(f"{path}: duplicate column {twice[0]}; give each name once")
    frame = pd.DataFrame(rows, columns=header, dtype=str)
    for column, dtype in (dtypes or {}).items():
        try:
            frame[column] = frame[column].astype(dtype)
        except (ValueError, TypeError, OverflowError) as error:
            raise UserError(f"{path}: column {column}: {error}") from error
    return frame


def _csv_rows(path: str | Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a CSV file whose rows are all as long as its header.

    pandas would fill short rows and take the first of too many values for an index.
    """
    require_file(path)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, strict=True))
    except (ValueError, csv.Error) as error:
        raise UserError(f"{path}: not a readable CSV file ({error})") from error
    if not lines:
        raise UserError(f"{path}: is empty")
    header, *rows = lines
    if len(header) == 1 and ";" in header[0]:
        raise UserError(f"{path}: its values are separated by semicolons; use commas")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise UserError(
                f"{path}: line {number} has {len(row)} values, expected {len(header)}; a value "
                "that holds a comma stands in double quotes"
            )
    return header, rows


def write_json(path: str | Path, content: Mapping[str, Any]) -> None:
    """Write `content` with the contract's version first, keys in the order given."""
    text = json.dumps({"version": VERSION, **content}, indent=2, ensure_ascii=False)
    write_text(path, text + "\n")


def read_json(path: str | Path, keys: Sequence[str] = ()) -> dict[str, Any]:
    """Read a JSON object of this contract's version that has all of `keys`.

    Raises:
        UserError: the file is absent or not JSON, of another version, or lacks a key.
    """
    content = _read_object(path, "JSON", json.loads)
    _check_version(path, content.get("version"))
    missing = [key for key in keys if key not in content]
    if missing:
        raise UserError(f"{path}: lacks {', '.join(missing)}; delete it and run again")
    return content


def read_yaml(path: str | Path) -> dict[str, Any]:
    """Read a YAML object, which has no version.

    Raises:
        UserError: the file is absent, not YAML, or holds no keys and values.
    """
    return _read_object(path, "YAML", yaml.safe_load)


def _read_object(path: str | Path, kind: str, parse: Callable[[str], Any]) -> dict[str, Any]:
    require_file(path)
    try:
        content = parse(Path(path).read_text(encoding="utf-8"))
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise UserError(f"{path}: not a readable {kind} file ({reason})") from error
    if not isinstance(content, dict):
        raise UserError(f"{path}: expected keys and values, as a {kind} object")
    return content


def write_hdf5(path: str | Path, write: Callable[[h5py.File], None]) -> None:
    """Create an HDF5 file of this contract's version and let `write` fill it.

    The oldest layout that holds what is written: newer ones keep the time in the root group.
    """
    import h5py

    with (
        atomic_path(path) as temporary,
        h5py.File(temporary, "w", libver=("earliest", "v110")) as file,
    ):
        file.attrs["version"] = VERSION
        write(file)


@contextmanager
def open_hdf5(
    path: str | Path, names: Sequence[str] = (), attributes: Sequence[str] = ()
) -> Iterator[h5py.File]:
    """Open an HDF5 file of this contract's version that has all these data sets and attributes.

    Raises:
        UserError: the file is absent or damaged, of another version, or lacks one of them.
    """
    import h5py

    require_file(path)
    try:
        file = h5py.File(path, "r")
    except OSError as error:
        raise UserError(
            f"{path}: damaged or not an HDF5 file; delete it and run again ({error})"
        ) from error
    with file:
        _check_version(path, file.attrs.get("version"))
        require_parts(path, file, names, attributes)
        yield file


def require_parts(
    path: str | Path, file: h5py.File, names: Sequence[str], attributes: Sequence[str] = ()
) -> None:
    """Make sure that an open file has these data sets and attributes.

    Raises:
        UserError: names those that it lacks.
    """
    missing = missing_parts(file, names, attributes)
    if missing:
        raise UserError(f"{path}: lacks {', '.join(missing)}; delete it and run again")


def missing_parts(
    file: h5py.File, names: Sequence[str], attributes: Sequence[str] = ()
) -> list[str]:
    """Those of these data sets and attributes that an open file lacks, in words."""
    lacking = [name for name in names if name not in file]
    return lacking + [f"attribute {name}" for name in attributes if name not in file.attrs]


def write_columns(path: str | Path, frame: pd.DataFrame) -> None:
    """Write a long table as an HDF5 file with one data set per column, numbers or text."""

    def write(file: h5py.File) -> None:
        for name, column in frame.items():
            write_column(file, str(name), column.to_numpy())

    write_hdf5(path, write)


def read_columns(path: str | Path, names: Sequence[str]) -> pd.DataFrame:
    """Read the columns `names` of a table that `write_columns` wrote.

    Raises:
        UserError: the file is absent, damaged or of another version, lacks a column, or its
            columns differ in length.
    """
    import pandas as pd

    with open_hdf5(path, names) as file:
        columns = {name: read_column(file, name) for name in names}
    if len({len(values) for values in columns.values()}) > 1:
        raise UserError(f"{path}: its columns differ in length; delete it and run again")
    return pd.DataFrame(columns)


def write_column(file: h5py.File, name: str, values: NDArray[Any]) -> None:
    """Write numbers as they are, and text as UTF-8 of one width."""
    import h5py
    import numpy as np

    if values.dtype.kind not in "biuf":
        encoded = np.array([str(value).encode() for value in values], "S")
        values = encoded.astype(h5py.string_dtype("utf-8", max(1, encoded.dtype.itemsize)))
    file.create_dataset(name, data=values)


def read_column(file: h5py.File, name: str) -> NDArray[Any]:
    """Read a column that `write_column` wrote."""
    import numpy as np

    values = file[name][:]
    return np.char.decode(values, "utf-8") if values.dtype.kind == "S" else values


def read_benchmark_seconds(path: str | Path | None) -> float | None:
    """Wall-clock seconds of a job from Snakemake's benchmark file, None where there is none."""
    if path is None or not Path(path).is_file():
        return None
    with Path(path).open(newline="") as file:
        return float(next(csv.DictReader(file, delimiter="\t"))["s"])


def require_file(path: str | Path) -> None:
    if Path(path).is_dir():
        raise UserError(f"{path}: a folder; give a file")
    if not Path(path).is_file():
        raise UserError(f"{path}: no such file")


def sha256_of_file(path: str | Path) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of_rows(ids: Sequence[object]) -> str:
    """Identity of the rows that a score was computed on: their ids, in order."""
    return hashlib.sha256("\n".join(map(str, ids)).encode()).hexdigest()


def _check_version(path: str | Path, version: object) -> None:
    if version != VERSION:
        raise UserError(
            f"{path}: contract version {version}, this program reads {VERSION}; "
            "delete it and run again"
        )


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
