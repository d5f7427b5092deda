"""Which files of a folder are pictures: by the suffix of the name, without one by the first bytes.

What systems leave behind and what is hidden counts as nothing. What else is no picture by its
name is counted, so that nothing is left out without a word.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pandas as pd

from practical_dl.files.names import is_meant, is_writable
from practical_dl.images.pictures.formats import (
    HEIF_SUFFIXES,
    SIGNATURE_BYTES,
    SUFFIXES,
    has_heif,
    is_signature_of_picture,
)
from practical_dl.job.errors import UserError

MOST_NAMED = 10


def list_pictures(root: Path, folder: Path) -> pd.DataFrame:
    """The pictures below `folder`, sorted: name, path from `root`, `inside` (path from `folder`).

    Raises:
        UserError: there are none, names that no table can hold, or .heic files that nothing here
            can read.
    """
    found = [path for path in _meant_files(folder) if is_picture(path)]
    if not found:
        others = left_out(folder)
        raise UserError(
            f"{folder}: holds no image ({', '.join(SUFFIXES[:6])} ...)"
            + (f", but {others}" if others else "")
        )
    _require_writable_names(root, found)
    _require_readable_heif(folder, found)
    found.sort()
    return pd.DataFrame(
        {
            "name": [path.name for path in found],
            "path": [path.relative_to(root).as_posix() for path in found],
            "inside": [path.relative_to(folder).as_posix() for path in found],
        },
        dtype=str,
    )


def left_out(folder: Path) -> str:
    """The files below `folder` that are no pictures, counted by suffix; or ""."""
    if not folder.is_dir():
        return ""
    suffixes = Counter(
        path.suffix.lower() or "no suffix" for path in _meant_files(folder) if not is_picture(path)
    )
    return ", ".join(f"{count:,} {suffix}" for suffix, count in suffixes.most_common())


def is_picture(path: Path) -> bool:
    """Whether a file is a picture by its suffix or, without one, by its first bytes."""
    if path.suffix:
        return path.suffix.lower() in SUFFIXES
    try:
        with path.open("rb") as file:
            return is_signature_of_picture(file.read(SIGNATURE_BYTES))
    except OSError:
        return False


def _meant_files(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=_fail, followlinks=True):
        folders[:] = [name for name in folders if is_meant(name)]
        yield from (Path(parent, name) for name in files if is_meant(name))


def _fail(error: OSError) -> NoReturn:
    raise error


def _require_writable_names(root: Path, found: list[Path]) -> None:
    inside = (path.relative_to(root) for path in found)
    bad = sorted(path for path in inside if not is_writable(str(path)))
    if bad:
        named = ", ".join(f"{path.name!a} in {str(path.parent)!a}" for path in bad[:MOST_NAMED])
        raise UserError(
            f"{root}: a name with a line break, a control character or bytes that are not UTF-8 "
            f"({len(bad):,} such): {named}; rename it"
        )


def _require_readable_heif(folder: Path, found: list[Path]) -> None:
    count = sum(path.suffix.lower() in HEIF_SUFFIXES for path in found)
    if count and not has_heif():
        raise UserError(
            f"{folder}: holds {count:,} {' or '.join(HEIF_SUFFIXES[:2])} files, which need another "
            "package: pip install pillow-heif; or convert them to JPEG, or move them away"
        )
