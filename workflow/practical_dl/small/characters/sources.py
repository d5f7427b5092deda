"""The text that the models learn from: any UTF-8 text file."""

from pathlib import Path

from practical_dl.files.artefacts import require_file
from practical_dl.job.errors import UserError


def read_text(path: Path, minimum: int = 1) -> str:
    """Read a text of at least `minimum` characters, without byte order mark, lines ending in LF.

    Raises:
        UserError: the file is absent, not UTF-8, binary (it holds a NUL byte), blank, or
            shorter than `minimum`. Bytes are counted from 0.
    """
    require_file(path)
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not UTF-8 at byte {error.start}; convert it to UTF-8") from error
    if b"\0" in content:
        place = content.index(b"\0")
        raise UserError(f"{path}: binary (NUL at byte {place}); give a plain text file in UTF-8")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UserError(f"{path}: holds no text; give a file to learn from")
    if len(text) < minimum:
        raise UserError(
            f"{path}: {len(text):,} characters are too few to learn from; "
            f"give a text of {minimum:,} or more"
        )
    return text
