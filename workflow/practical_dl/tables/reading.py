"""Reading a person's table, of whatever kind, in blocks of text values.

Only the columns asked for are read. A block is a data frame of text whose columns are named by
what they are for (`user`, `label` ...) and whose index is the line in the file, so that every
mistake can be shown where it stands. An empty cell is ''.
"""

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from practical_dl.job.errors import UserError
from practical_dl.tables.json_tables import open_json_lines, open_json_list
from practical_dl.tables.mistakes import Mistakes
from practical_dl.tables.opening import kind_of
from practical_dl.tables.parquet_tables import open_parquet
from practical_dl.tables.table import Options, Table
from practical_dl.tables.text_tables import open_text
from practical_dl.tables.workbooks import open_workbook

BLOCK_ROWS = 20_000


def open_table(path: Path, options: Options, wanted: Collection[str] = ()) -> Table:
    """Open a table; what `options` leaves open is found out.

    Args:
        wanted: names of columns that it should have, which tell one separator, or one sheet,
            from another.

    Raises:
        UserError: the file is absent, damaged, of no known kind or too large once unpacked.
    """
    match kind_of(path):
        case "text":
            return open_text(path, options, list(wanted))
        case "xlsx":
            return open_workbook(path, options, wanted)
        case "parquet":
            return open_parquet(path)
        case "jsonl":
            return open_json_lines(path)
        case "json":
            return open_json_list(path)


def read_blocks(
    table: Table, named: Mapping[str, str], mistakes: Mistakes, rows: int = BLOCK_ROWS
) -> Iterator[pd.DataFrame]:
    """Yield the columns `named`, by what they are for, in blocks of `rows` rows.

    A row with more or fewer values than there are columns goes to `mistakes` and is left out;
    empty values too many are no mistake.

    Raises:
        UserError: a column is not there, or there twice; names all such and those near them.
    """
    places = find_columns(table, named)
    width = len(table.columns)
    while block := list(islice(table.rows, rows)):
        lines, kept = [], []
        for line, values in block:
            if _fits(values, width):
                lines.append(line)
                kept.append(values)
            else:
                mistakes.add(line, "", "", f"{width} values, as the header has, not {len(values)}")
        yield pd.DataFrame(
            {name: [values[place] for values in kept] for name, place in places.items()},
            index=pd.Index(lines, dtype="int64", name="line"),
            dtype=str,
        )


def read_whole(table: Table, named: Mapping[str, str], mistakes: Mistakes) -> pd.DataFrame:
    """All rows of the columns `named`; see `read_blocks`.

    Raises:
        UserError: as `read_blocks`, or there are no rows.
    """
    blocks = list(read_blocks(table, named, mistakes))
    if not blocks:
        raise UserError(f"{table.path}: a header and no rows")
    return pd.concat(blocks)


def find_columns(table: Table, named: Mapping[str, str]) -> dict[str, int]:
    """The place of each column `named`, by what it is for.

    Raises:
        UserError: one is not there, or there twice.
    """
    columns = list(table.columns)
    faults = [
        f"no column {name!r} for `{purpose}`{_near(name, columns)}"
        for purpose, name in named.items()
        if name not in columns
    ]
    faults += [
        f"two columns are called {name!r}; rename one"
        for name in dict.fromkeys(named.values())
        if columns.count(name) > 1
    ]
    if faults:
        shown = ", ".join(repr(name) for name in columns[:20])
        raise UserError(f"{table.path}: {'; '.join(faults)} (columns: {shown}; {table.note})")
    return {purpose: columns.index(name) for purpose, name in named.items()}


def _fits(values: Sequence[str], width: int) -> bool:
    """Whether a row has a value for each column, and none but empty ones behind."""
    return len(values) == width or (len(values) > width and not any(values[width:]))


def _near(name: str, columns: list[str]) -> str:
    by_form = {_form(column): column for column in columns}
    close = difflib.get_close_matches(_form(name), by_form, n=1, cutoff=0.6)
    return f" (did you mean {by_form[close[0]]!r}?)" if close else ""


def _form(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())
