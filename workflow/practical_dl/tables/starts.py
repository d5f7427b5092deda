"""The first rows of a person's table, for a look at what it holds; the rest is not read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from practical_dl.job.errors import UserError
from practical_dl.tables.dialects import find_separator, first_records
from practical_dl.tables.encodings import likely_encoding
from practical_dl.tables.json_tables import first_json_lines, open_json_list
from practical_dl.tables.opening import LONGEST_LINE, kind_of, open_bytes
from practical_dl.tables.parquet_tables import open_parquet
from practical_dl.tables.table import Options, Table, headed
from practical_dl.tables.workbooks import open_workbook, sheet_names

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Start:
    """Columns and first rows of a table; `whole` says whether there are no more.

    `sheet` is set where a workbook has several.
    """

    path: Path
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    whole: bool
    note: str
    sheet: str | None = None


def read_start(path: Path, most: int, wanted: Collection[str] = ()) -> Start:
    """Read up to `most` rows of a table of any kind.

    Args:
        wanted: names of columns that it may have, which tell one separator, or sheet, from
            another.

    Raises:
        UserError: the file is absent, damaged or of no known kind.
    """
    match kind_of(path):
        case "text":
            return _start(_open_text(path, most, wanted), most)
        case "xlsx":
            return _start_of_workbook(path, most, wanted)
        case "parquet":
            return _start(open_parquet(path), most)
        case "jsonl":
            return _start(first_json_lines(path, most + 1), most)
        case "json":
            return _start(open_json_list(path), most)


def _start(table: Table, most: int) -> Start:
    rows = [values for _, values in islice(table.rows, most + 1)]
    return Start(table.path, table.columns, rows[:most], len(rows) <= most, table.note)


def _open_text(path: Path, most: int, wanted: Collection[str]) -> Table:
    _require_lines(path)
    encoding = likely_encoding(path)
    try:
        return _headed(path, encoding, most, wanted)
    except UnicodeError:
        return _headed(path, "latin-1", most, wanted)


def _headed(path: Path, encoding: str, most: int, wanted: Collection[str]) -> Table:
    separator = find_separator(path, encoding, wanted)
    dialect, rows = first_records(path, separator, encoding, most + 2)
    return headed(path, iter(rows), None, f"read as: {dialect.told}")


def _require_lines(path: Path) -> None:
    """Refuse a file whose first line would fill the memory."""
    length = 0
    with open_bytes(path) as file:
        while (chunk := file.read(_CHUNK)) and b"\n" not in chunk and b"\r" not in chunk:
            length += len(chunk)
            if length > LONGEST_LINE:
                raise UserError(f"{path}: a line of more than {LONGEST_LINE:,} bytes; not a table")


def _start_of_workbook(path: Path, most: int, wanted: Collection[str]) -> Start:
    """The sheet with most of the `wanted` columns, of several the first."""
    names = sheet_names(path)
    if not names:
        raise UserError(f"{path}: empty; give a table with a header and rows")
    starts = [
        replace(_start(open_workbook(path, Options(sheet=name), ()), most), sheet=name)
        for name in names
    ]
    best = max(starts, key=lambda start: sum(name in wanted for name in start.columns))
    return best if len(starts) > 1 else replace(best, sheet=None)
