"""Tables in text files: csv, tsv and their like."""

from pathlib import Path

from practical_dl.job.errors import UserError
from practical_dl.tables.dialects import SEPARATORS, find_quoting, find_separator, records
from practical_dl.tables.encodings import check_encoding, find_encoding
from practical_dl.tables.opening import measure_bytes
from practical_dl.tables.table import Options, Table, headed


def open_text(path: Path, options: Options, wanted: list[str]) -> Table:
    """Open a text file; separator, encoding and the use of quotes are found out or given.

    Raises:
        UserError: no encoding or no way of reading quotes fits, or the file is too large.
    """
    measure_bytes(path)
    encoding = options.encoding or find_encoding(path)
    if options.encoding:
        check_encoding(path, encoding)
    separator = _given_separator(options) or find_separator(path, encoding, wanted)
    dialect, count = find_quoting(path, separator, encoding)
    rows = count if options.columns else count - 1
    note = f"read as: {dialect.told}, {rows:,} rows"
    return headed(path, records(path, dialect), options.columns, note)


def _given_separator(options: Options) -> str | None:
    if options.separator is None:
        return None
    separator = "\t" if options.separator in ("tab", "\\t") else options.separator
    if len(separator) != 1 and separator not in SEPARATORS:
        raise UserError(f"separator: {separator!r} is not one character, nor '::' or 'tab'")
    return separator
