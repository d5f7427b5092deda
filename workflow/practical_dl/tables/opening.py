"""Opening a person's table: packed or not, and of which kind it is by its first bytes.

A table is read as a stream. What unpacks to far more than its own size, or has lines longer than
any text, is refused before it fills the memory.
"""

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Literal, cast

from practical_dl.files.artefacts import require_file
from practical_dl.job.errors import UserError

Kind = Literal["text", "jsonl", "json", "xlsx", "parquet"]

HARMLESS_BYTES = 1 << 26
MOST_RATIO = 200
"""Bytes per byte of a packed table; above `HARMLESS_BYTES` only."""

LONGEST_LINE = 1 << 26
_CHUNK = 1 << 20
_DAMAGE = (EOFError, OSError, lzma.LZMAError, zipfile.BadZipFile, zlib.error, NotImplementedError)
_UNREADABLE = {
    b"\xd0\xcf\x11\xe0": "an Excel file of before 2007 (.xls); save it as .xlsx or .csv",
    b"%PDF": "a PDF file; save the table as .csv",
    b"{\\rtf": "a document (RTF); save the table as .csv",
    b"<!do": "a web page; download the file itself",
    b"<htm": "a web page; download the file itself",
    b"\x89PNG": "a picture, not a table",
    b"\xff\xd8\xff": "a picture, not a table",
    b"version https://git-lfs": "a pointer of Git LFS; fetch the file itself (git lfs pull)",
    b"SQLite format 3": "an SQLite data base; export the table as .csv",
    b"\x89HDF": "an HDF5 file; export the table as .csv",
    b"\x80\x04": "a Python pickle, which is never read; save it as .csv or .parquet",
    b"\x80\x05": "a Python pickle, which is never read; save it as .csv or .parquet",
    b"RDX": "R's own format; save it with write.csv",
}


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a table, unpacked where it is packed (gz, xz, bz2, or alone in a zip).

    Raises:
        UserError: the file is absent or damaged, or a zip holds no table or several.
    """
    require_file(path)
    try:
        with path.open("rb") as file:
            magic = file.read(6)
            file.seek(0)
            with _unpacked(path, file, magic) as content:
                yield content
    except _DAMAGE as error:
        reason = str(error) or type(error).__name__
        raise UserError(f"{path}: not readable ({reason}); get it again") from error


def kind_of(path: Path) -> Kind:
    """What kind of table a file is, by its content.

    Raises:
        UserError: it is empty, or of a kind that is no table.
    """
    with open_bytes(path) as file:
        head = file.read(4096)
    if not head.strip():
        raise UserError(f"{path}: empty; give a table with a header and rows")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK"):
        return "xlsx"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, what in _UNREADABLE.items():
        if text.lower().startswith(mark.lower()):
            raise UserError(f"{path}: {what}")
    if text.startswith(b"{"):
        return "jsonl"
    return "json" if text.startswith(b"[") and text[1:].lstrip()[:1] in (b"{", b"]") else "text"


def measure_bytes(path: Path) -> None:
    """Read a table once, and refuse it where it could fill the memory.

    Raises:
        UserError: it unpacks to too much, or holds a line that is too long.
    """
    most = max(MOST_RATIO * path.stat().st_size, HARMLESS_BYTES)
    total = line = 0
    with open_bytes(path) as file:
        while chunk := file.read(_CHUNK):
            total += len(chunk)
            line = line + len(chunk) if b"\n" not in chunk else len(chunk) - chunk.rfind(b"\n")
            if total > most and path.stat().st_size < total:
                raise UserError(f"{path}: unpacks to more than {most:,} bytes; unpack it yourself")
            if line > LONGEST_LINE:
                raise UserError(f"{path}: a line of more than {LONGEST_LINE:,} bytes; not a table")


@contextmanager
def _unpacked(path: Path, file: IO[bytes], magic: bytes) -> Iterator[IO[bytes]]:
    if magic.startswith(b"\x1f\x8b"):
        with gzip.open(file) as content:
            yield cast(IO[bytes], content)
    elif magic.startswith(b"\xfd7zXZ\x00"):
        with lzma.open(file) as content:
            yield content
    elif magic.startswith(b"BZh"):
        with bz2.open(file) as content:
            yield content
    elif magic.startswith(b"PK") and (member := _table_in_zip(path)):
        with zipfile.ZipFile(file) as zipped, zipped.open(member) as content:
            yield content
    else:
        yield file


def _table_in_zip(path: Path) -> str | None:
    """The one table in a zip; None where the zip is itself a workbook."""
    with zipfile.ZipFile(path) as zipped:
        names = [info.filename for info in zipped.infolist() if not info.is_dir()]
    if "[Content_Types].xml" in names:
        return None
    if "mimetype" in names and "content.xml" in names:
        raise UserError(f"{path}: an OpenDocument file; save the table as .xlsx or .csv")
    tables = [name for name in names if _may_be_table(name)]
    if len(tables) != 1:
        shown = ", ".join(tables[:5]) or "none"
        raise UserError(f"{path}: one table is needed in a zip, it holds {shown}; unpack it")
    return tables[0]


def _may_be_table(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and path.suffix.lower() in (".csv", ".tsv", ".txt", ".jsonl", ".data", ".dat")
