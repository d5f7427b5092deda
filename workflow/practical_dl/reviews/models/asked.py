"""The texts that a person asks about: typed in, one per line, or in a column of a table."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from practical_dl.job.errors import UserError
from practical_dl.tables.mistakes import Mistakes
from practical_dl.tables.opening import kind_of, open_bytes
from practical_dl.tables.reading import open_table, read_blocks
from practical_dl.tables.table import Options, Table

TABLE_SUFFIXES = (".csv", ".tsv", ".tab")
SAMPLE_BYTES = 1 << 16
SAMPLE_LINES = 20
SEPARATORS = ("\t", ";", ",", "|")
_NAME = re.compile(r"[\w.-]+")

Text = tuple[str, str]
"""Where a text stands, such as FILE:LINE, and the text."""


def texts_of_file(path: Path, column: str | None, usual: str) -> Iterator[Text]:
    """The texts of a table's column or, of a file that is no table, of each line.

    Args:
        column: the column asked for, or None.
        usual: the column that the model's own texts stood in, or ''.

    Raises:
        UserError: the file is absent, holds no text, or is a table whose column is not known.
    """
    if column is None and not _is_table(path, usual):
        with open_bytes(path) as lines:
            yield from lines_of(str(path), lines)
        return
    table = open_table(path, Options(), [column or usual])
    yield from _texts_of_table(table, column or _only_column(table, usual))


def lines_of(name: str, lines: Iterator[bytes]) -> Iterator[Text]:
    """Each line that is not blank; bytes that are not UTF-8 become surrogates, as in arguments.

    Raises:
        UserError: it is no text, or no line holds a review.
    """
    empty = True
    for number, line in enumerate(lines, start=1):
        if b"\0" in line:
            raise UserError(f"{name}: not a text file; give UTF-8 text, one review per line")
        if line.strip():
            empty = False
            yield f"{name}:{number}", line.decode("utf-8-sig", errors="surrogateescape")
    if empty:
        raise UserError(f"{name}: has no review; write one per line")


def _texts_of_table(table: Table, column: str) -> Iterator[Text]:
    mistakes = Mistakes(table.path)
    print(f"{table.path}: {table.note}; reviews of column {column!r}", file=sys.stderr)
    for block in read_blocks(table, {"text": column}, mistakes):
        for line, text in block["text"].items():
            yield f"{table.path}:{line}", text
    mistakes.settle("refuse")


def _only_column(table: Table, usual: str) -> str:
    if usual in table.columns:
        return usual
    if len(table.columns) == 1:
        return table.columns[0]
    shown = ", ".join(table.columns[:20])
    raise UserError(
        f"{table.path}: a table ({table.note}); name the column of the reviews with --column "
        f"(columns: {shown})"
    )


def _is_table(path: Path, usual: str) -> bool:
    """By its suffix or content, or a first line of names that all lines have a value for."""
    with open_bytes(path) as file:
        head = file.read(SAMPLE_BYTES)
    if not head.strip():
        return False
    if path.suffix.lower() in TABLE_SUFFIXES or kind_of(path) != "text":
        return True
    lines = head.decode("utf-8-sig", errors="replace").splitlines()[:SAMPLE_LINES]
    return any(_has_header(lines, separator, usual) for separator in SEPARATORS)


def _has_header(lines: list[str], separator: str, usual: str) -> bool:
    names = [name.strip(' "') for name in lines[0].split(separator)]
    if len(names) == 1 or not all(map(_NAME.fullmatch, names)):
        return False
    rows = [line for line in lines[1:] if line.strip()]
    return usual in names or all(line.count(separator) >= len(names) - 1 for line in rows)
