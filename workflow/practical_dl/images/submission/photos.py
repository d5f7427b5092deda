"""What a person names on the command line, as files of photos: files, folders, patterns."""

import glob
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from practical_dl.files.names import is_meant
from practical_dl.images.pictures.names import SUFFIX
from practical_dl.job.errors import UserError

URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
VIDEOS = (".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv")
ARCHIVES = (".zip", ".tar", ".tgz", ".gz", ".xz", ".bz2", ".7z", ".rar")


def photo_files(words: Sequence[str], complain: Callable[[UserError], None]) -> list[Path]:
    """The files that `words` name, each once: of a folder the photos at any depth, by their names.

    A pattern that the shell has left as it is (`photos/*.jpg`) is filled in here. What names no
    file goes to `complain`.
    """
    files: dict[Path, None] = {}
    for word in words:
        try:
            files.update(dict.fromkeys(_files_of(word)))
        except UserError as error:
            complain(error)
    return list(files)


def _files_of(word: str) -> list[Path]:
    path = Path(word).expanduser()
    if path.is_dir():
        return _photos_below(path)
    if path.exists():
        return [_require_photo(path)]
    if word == "-":
        raise UserError("-: photos are not read from standard input; name files")
    if URL.match(word):
        raise UserError(f"{word}: an address, not a file; download it and name the file")
    if glob.has_magic(word):
        return _filled_in(word)
    raise UserError(f"{word}: no such file")


def _filled_in(pattern: str) -> list[Path]:
    names = glob.glob(str(Path(pattern).expanduser()), recursive=True)  # noqa: PTH207  absolute too
    found = map(Path, sorted(names))
    files = [
        file
        for path in found
        for file in (_photos_below(path) if path.is_dir() else [path])
        if SUFFIX.search(file.name)
    ]
    if not files:
        raise UserError(f"{pattern}: fits no photo")
    return files


def _photos_below(folder: Path) -> list[Path]:
    found = sorted(path for path in _walk(folder) if SUFFIX.search(path.name))
    if not found:
        raise UserError(f"{folder}: a folder without photos; name another one, or files")
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if is_meant(name)]
        yield from (Path(parent, name) for name in files if is_meant(name))


def _require_photo(path: Path) -> Path:
    suffix = path.suffix.lower()
    if suffix in VIDEOS:
        raise UserError(
            f"{path}: a video; take pictures out of it first (ffmpeg -i VIDEO -r 1 %04d.png)"
        )
    if suffix in ARCHIVES:
        raise UserError(f"{path}: an archive; unpack it and name its folder")
    return path
