"""Tables as JSON: an object per line, or one list of objects."""

import io
import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from practical_dl.job.errors import UserError
from practical_dl.tables.opening import measure_bytes, open_bytes
from practical_dl.tables.table import Records, Table

_HALF = re.compile(r"[\ud800-\udfff]")
"""Half of a character, which JSON can escape and no file can hold."""

_COLUMN_ROWS = 1000
"""Rows that are looked at for the names of columns."""


def open_json_lines(path: Path) -> Table:
    """Open a file with one JSON object per line; its columns are the keys of the first rows.

    Raises:
        UserError: not UTF-8, too large, or a line is no object; names the line.
    """
    measure_bytes(path)
    columns: dict[str, None] = {}
    count = 0
    for number, row in _objects(path):
        count += 1
        if number <= _COLUMN_ROWS:
            columns |= dict.fromkeys(row)
    names = list(columns)
    return Table(path, names, _rows(_objects(path), names), f"read as: JSON Lines, {count:,} rows")


def first_json_lines(path: Path, most: int) -> Table:
    """The first rows of such a file; nothing behind them is read.

    Raises:
        UserError: as `open_json_lines`, of these rows.
    """
    found = list(islice(_objects(path), most))
    names = list(dict.fromkeys(name for _, row in found for name in row))
    return Table(path, names, _rows(iter(found), names), "read as: JSON Lines")


def open_json_list(path: Path) -> Table:
    """Open a file that is one JSON list of objects; a row's number stands for its line.

    Raises:
        UserError: it is not a list of objects in UTF-8.
    """
    measure_bytes(path)
    with open_bytes(path) as file:
        content = _parse(path, 1, file.read())
    rows = list(enumerate(content, start=1))
    wrong = next((number for number, row in rows if not isinstance(row, dict)), None)
    if wrong is not None or not rows:
        raise UserError(f"{path}: entry {wrong or 1} is not an object of names and values")
    names = list(dict.fromkeys(name for _, row in rows for name in row))
    return Table(path, names, _rows(iter(rows), names), f"read as: a JSON list, {len(rows):,} rows")


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with open_bytes(path) as file:
        for number, line in enumerate(io.BufferedReader(file), start=1):  # type: ignore[type-var]
            if line.strip():
                row = _parse(path, number, line)
                if not isinstance(row, dict):
                    raise UserError(f"{path}:{number}: not an object of names and values")
                yield number, row


def _parse(path: Path, line: int, content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}:{line}: not readable JSON ({error})") from error


def _rows(objects: Iterator[tuple[int, dict[str, Any]]], names: list[str]) -> Records:
    for number, row in objects:
        yield number, [_as_text(row.get(name)) for name in names]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if text.isascii() else _HALF.sub("\ufffd", text)
