"""Tables in Excel workbooks (.xlsx)."""

import datetime
import warnings
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from practical_dl.job.errors import UserError
from practical_dl.tables.opening import HARMLESS_BYTES, MOST_RATIO
from practical_dl.tables.table import Options, Records, Table, cell_text, headed


def open_workbook(path: Path, options: Options, wanted: Collection[str]) -> Table:
    """Open the sheet named, or the one whose header has most of the `wanted` names.

    Numbers lose a `.0`, dates are written as ISO 8601, formulas give the value last computed.

    Raises:
        UserError: the file is damaged or unpacks to too much, or has no such sheet, or two
            sheets fit as well.
    """
    with _opened(path) as book:
        sheets = {sheet.title: _records(sheet) for sheet in book.worksheets}
        headers = {name: next(_records(book[name]), (0, []))[1] for name in sheets}
    name = options.sheet or _likely_sheet(path, headers, wanted)
    if name not in sheets:
        raise UserError(f"{path}: no sheet {name!r}; it has {', '.join(sheets)}")
    table = headed(path, sheets[name], options.columns, f"read as: Excel, sheet '{name}'")
    return replace(table, rows=_padded(path, table.rows, len(table.columns)))


def sheet_names(path: Path) -> list[str]:
    """The sheets of a workbook that hold anything.

    Raises:
        UserError: the file is damaged or unpacks to too much.
    """
    with _opened(path) as book:
        return [sheet.title for sheet in book.worksheets if next(_records(sheet), None)]


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import openpyxl

    _require_modest(path)
    content = BytesIO(path.read_bytes())  # openpyxl refuses a path without the usual suffix
    with _damage(path), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield openpyxl.load_workbook(content, read_only=True, data_only=True)


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # openpyxl raises whatever a damaged part makes of it
        raise UserError(f"{path}: not a readable Excel file ({error}); save it again") from error


def _require_modest(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as zipped:
            total = sum(info.file_size for info in zipped.infolist())
    except zipfile.BadZipFile as error:
        raise UserError(f"{path}: damaged ({error}); get it again") from error
    most = max(MOST_RATIO * path.stat().st_size, HARMLESS_BYTES)
    if total > most:
        raise UserError(f"{path}: unpacks to {total:,} bytes, more than the {most:,} allowed")


def _likely_sheet(path: Path, headers: dict[str, Any], wanted: Collection[str]) -> str:
    found = {
        name: (sum(column.strip() in wanted for column in header), bool(header))
        for name, header in headers.items()
    }
    best = [name for name, fit in found.items() if fit == max(found.values())]
    if len(best) > 1:
        raise UserError(f"{path}: sheets {', '.join(best)} fit as well; name one as `sheet`")
    return best[0]


def _padded(path: Path, rows: Records, width: int) -> Records:
    """Rows as long as the header: a workbook has no cells behind a row's last value."""
    while True:
        with _damage(path):
            row = next(rows, None)
        if row is None:
            return
        yield row[0], [*row[1], *[""] * (width - len(row[1]))]


def _records(sheet: Any) -> Records:
    """The rows that hold anything, without empty cells at their end."""
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        values = [_cell_text(value) for value in cells]
        while values and not values[-1]:
            values.pop()
        if values:
            yield number, values


def _cell_text(value: Any) -> str:
    """A cell as text; a date without a time has midnight in a workbook."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return cell_text(value)
