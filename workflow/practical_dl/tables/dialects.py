"""How a text file holds a table: what stands between its values, and what quotes do.

The file is parsed once by each way of reading quotes, until one fits all of it: a quotation mark
that is never closed would otherwise swallow every row behind it.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from practical_dl.job.errors import UserError
from practical_dl.tables.opening import open_bytes

SEPARATORS = (",", ";", "\t", "|", "::", "^", "~")
WHOLE_LINE = "\x1f"
"""Stands for two colons, which `csv` cannot separate by, and for lines of one value."""

LONGEST_VALUE = 1 << 24
MOST_LINES = 1000
"""Lines of one value, above which its opening quotation mark is taken for a stray one."""

QUOTING = (",", ";")
"""Separators that quotation marks go with; elsewhere one may be a plain character."""

_SAMPLE_LINES = 200
_NAMES = {"\t": "tab", WHOLE_LINE: "one value a line", " ": "blank"}


@dataclass(frozen=True)
class Dialect:
    """How to parse a text file; `quoted` and `escaped` say what `"` and a backslash do."""

    separator: str
    encoding: str
    quoted: bool = True
    escaped: bool = False

    @property
    def told(self) -> str:
        """In words, for the person whose file it is."""
        name = _NAMES.get(self.separator, f"'{self.separator}'")
        quotes = "" if self.quoted else ", quotation marks taken as they are"
        return f"{name}, {self.encoding}{quotes}" + (", \\ before quotes" if self.escaped else "")


def find_separator(path: Path, encoding: str, wanted: Collection[str]) -> str:
    """The separator by which the first line has most of the `wanted` names, else most values.

    Of several with as many, the one by which most lines have as many values as the first.
    """
    with _opened(path, encoding) as file:
        sample = [line for line in islice(file, _SAMPLE_LINES) if line.strip()]
    if not sample:
        raise UserError(f"{path}: empty; give a table with a header and rows")
    return max((WHOLE_LINE, *SEPARATORS), key=lambda separator: _fit(sample, separator, wanted))


def find_quoting(path: Path, separator: str, encoding: str) -> tuple[Dialect, int]:
    """The way to read quotes that fits the whole file, and the number of its records.

    Raises:
        UserError: no way does; names the line of the quotation mark that is not closed.
    """
    plain = Dialect(separator, encoding)
    ways = (plain, replace(plain, escaped=True))
    faults = []
    for dialect in ways:
        try:
            return dialect, sum(1 for _ in records(path, dialect))
        except _QuoteError as error:
            faults.append(error)
    bare = replace(plain, quoted=False)
    widths = Counter(len(values) for _, values in records(path, bare))
    if separator not in QUOTING and widths.most_common(1)[0][1] == widths.total():
        return bare, widths.total()
    raise UserError(f"{path}:{faults[0].line}: {faults[0]}; close it, or double it inside a value")


def records(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Each record's first line, counted from 1, and its values; blank lines are passed over."""
    csv.field_size_limit(LONGEST_VALUE)
    with _opened(path, dialect.encoding) as file:
        reader = csv.reader(_lines(file, dialect.separator), **_format(dialect))
        line = 1
        while True:
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _QuoteError(line, str(error)) from None
            if reader.line_num - line >= MOST_LINES:
                raise _QuoteError(line, f"a value of {reader.line_num - line:,} lines")
            if any(map(str.strip, values)):
                yield line, values
            line = reader.line_num + 1


class _QuoteError(Exception):
    """Quotes that cannot be read this way; `line` is that of the record."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f'a quotation mark (") is not closed, or stands inside a value ({reason})')
        self.line = line


def first_records(
    path: Path, separator: str, encoding: str, most: int
) -> tuple[Dialect, list[tuple[int, list[str]]]]:
    """The first records of a file, by the first way of reading quotes that fits these.

    Raises:
        UserError: no way does.
    """
    plain = Dialect(separator, encoding)
    fault = None
    for dialect in (plain, replace(plain, escaped=True), replace(plain, quoted=False)):
        try:
            return dialect, list(islice(records(path, dialect), most))
        except _QuoteError as error:
            fault = fault or error
    raise UserError(f"{path}: not readable as a table ({fault})")


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[io.TextIOWrapper]:
    with open_bytes(path) as file, io.TextIOWrapper(file, encoding, newline="") as text:
        yield text


def _lines(file: io.TextIOWrapper, separator: str) -> Iterator[str]:
    return (line.replace("::", WHOLE_LINE) for line in file) if separator == "::" else iter(file)


def _format(dialect: Dialect) -> dict[str, Any]:
    return {
        "delimiter": WHOLE_LINE if dialect.separator == "::" else dialect.separator,
        "quoting": csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        "escapechar": "\\" if dialect.escaped else None,
        "skipinitialspace": dialect.separator in (",", ";"),
        "strict": dialect.quoted,
    }


def _fit(
    sample: list[str], separator: str, wanted: Collection[str]
) -> tuple[int, bool, float, int]:
    lines = [line.replace("::", WHOLE_LINE) if separator == "::" else line for line in sample]
    delimiter = WHOLE_LINE if separator == "::" else separator
    rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    header = [value.strip() for value in rows[0]]
    alike = sum(len(row) == len(header) for row in rows) / len(rows)
    return sum(name in header for name in wanted), len(header) > 1, alike, len(header)
