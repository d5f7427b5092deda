"""Which encoding a text file is in: told by its bytes, the rarer ones by statistics."""

import codecs
from pathlib import Path

from practical_dl.job.errors import UserError
from practical_dl.tables.opening import open_bytes

_CHUNK = 1 << 20
_SAMPLE = 1 << 18
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
MOST_ACCENTED = 0.3
"""Share of bytes above 127 among letters, up to which a text is taken for a Western one."""


def find_encoding(path: Path) -> str:
    """The encoding of a text file: by its mark, else UTF-8, else a Western or a guessed one.

    Raises:
        UserError: no encoding fits; name it.
    """
    sample = _sample(path)
    if encoding := _marked_encoding(sample):
        return encoding
    if _is_utf8(path):
        return "utf-8"
    return _guess(path, sample)


def likely_encoding(path: Path) -> str:
    """The encoding of a text file by its beginning alone."""
    sample = _sample(path)
    if encoding := _marked_encoding(sample):
        return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeError:
        return _guess(path, sample)
    return "utf-8"


def _sample(path: Path) -> bytes:
    with open_bytes(path) as file:
        return file.read(_SAMPLE)


def _marked_encoding(sample: bytes) -> str | None:
    """By its mark, or by the zeros of UTF-16."""
    marked = (encoding for mark, encoding in _MARKS.items() if sample.startswith(mark))
    return next(marked, None) or _wide_encoding(sample)


def check_encoding(path: Path, encoding: str) -> None:
    """Decode a text file once.

    Raises:
        UserError: the encoding is unknown, or not that of the file; names the line.
    """
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError:
        raise UserError(
            f"encoding: {encoding!r} is unknown; utf-8 or cp1252, for instance"
        ) from None
    lines = 1
    with open_bytes(path) as file:
        try:
            while chunk := file.read(_CHUNK):
                lines += decoder.decode(chunk).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            raise UserError(
                f"{path}: not {encoding} after line {lines:,} ({error}); set another `encoding`"
            ) from error


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: in Western texts every other byte is zero."""
    if len(sample) < 4:
        return None
    pairs = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * pairs:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > 0.7 * pairs else None


def _is_utf8(path: Path) -> bool:
    try:
        check_encoding(path, "utf-8")
    except UserError:
        return False
    return True


def _guess(path: Path, sample: bytes) -> str:
    high = sum(byte > 127 for byte in sample)
    letters = high + sum(chr(byte).isalpha() for byte in sample if byte < 128)
    if high <= MOST_ACCENTED * letters:
        try:
            check_encoding(path, "cp1252")
        except UserError:
            return "latin-1"
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise UserError(
            f"{path}: in no encoding that is known; save it as text in UTF-8, or set `encoding`"
        )
    check_encoding(path, best.encoding)
    return best.encoding
