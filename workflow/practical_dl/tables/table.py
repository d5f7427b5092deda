"""A table that is open: its columns, its rows to come, and a line about how it is read."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from practical_dl.job.errors import UserError

Records = Iterator[tuple[int, Sequence[str]]]
"""The line (of a workbook the row) of each record, and its values as text."""


@dataclass(frozen=True)
class Options:
    """What a person says about a table; what is None is found out.

    `columns` names the columns of a table that has no header.
    """

    separator: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    columns: Sequence[str] | None = None


def options_of(form: Mapping[str, Any]) -> Options:
    """The options in a section `format` of the configuration (its `decimal` is the values')."""
    return Options(**{name: form[name] for name in ("separator", "encoding", "sheet", "columns")})


@dataclass(frozen=True)
class Table:
    """Columns as the table names them, rows that can be read once, how the table is read."""

    path: Path
    columns: Sequence[str]
    rows: Records
    note: str


def cell_text(value: object) -> str:
    """A typed cell as text: nothing as '', whole numbers without `.0`, dates by ISO 8601."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return str(value)


def headed(path: Path, rows: Records, columns: Sequence[str] | None, note: str) -> Table:
    """A table whose first row is its header, unless `columns` names its columns.

    Names lose blanks around them; columns without a name at the end are dropped.

    Raises:
        UserError: there are no rows, or as many names as the first row has values.
    """
    first = next(rows, None)
    if first is None:
        raise UserError(f"{path}: empty; give a table with a header and rows")
    if columns is not None:
        if len(columns) != len(first[1]):
            raise UserError(
                f"{path}: `columns` names {len(columns)} columns, "
                f"but line {first[0]} has {len(first[1])} values"
            )
        return Table(path, columns, chain([first], rows), note)
    names = [" ".join(name.removeprefix("\ufeff").split()) for name in first[1]]
    while names and not names[-1]:
        names.pop()
    return Table(path, names, rows, note)
