"""Where to look: a folder, an archive, or a table with what lies beside it."""

import os
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from practical_dl.job.errors import UserError
from practical_dl.recognition.column_names import NAMES
from practical_dl.recognition.tree import (
    Tree,
    begins_as_picture,
    is_archive,
    is_picture,
    is_table,
    joined,
    tree_of_archive,
    tree_of_folder,
)
from practical_dl.sources.locations import data_root
from practical_dl.tables.starts import Start, read_start

MOST_ROWS = 100_000
VIDEOS = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".mpg", ".mpeg", ".m4v", ".wmv")
SOUNDS = (".wav", ".mp3", ".flac", ".ogg", ".m4a")
_PACKED_PICTURES = ("train", "test", "image", "img", "pic", "photo", "data")
_WANTED = [name for names in NAMES.values() for name in names.split()]
_FORMS = [*_WANTED, *map(str.capitalize, _WANTED), *map(str.upper, _WANTED)]


class Place:
    """A folder, an archive, or, as `main`, one table in a folder."""

    def __init__(self, path: Path, label: str | None = None) -> None:
        """Look at what kind of file `path` is.

        Args:
            label: what the person says holds the classes: a column, or of folders first or last.

        Raises:
            UserError: it is absent, cannot be read, or is a single picture, a video or a sound.
        """
        _require_readable(path)
        self.path = path
        self.label = label
        self.is_packed = path.is_file() and _is_packed(path)
        self.main = None if self.is_packed or path.is_dir() else path.name
        self.root = path.parent if self.main else path
        self.faults: dict[str, str] = {}
        self._starts: dict[str, Start | None] = {}

    @cached_property
    def tree(self) -> Tree:
        """What lies in the folder or archive; beside a table, as far as it can be looked into.

        Raises:
            UserError: a folder cannot be looked into, or an archive is damaged.
        """
        if self.is_packed:
            return tree_of_archive(self.path)
        archives = [name for name in self.names() if is_archive(name) and not is_table(name)]
        if self.main:
            return tree_of_folder(self.root, filter(_is_of_pictures, archives))
        tree = tree_of_folder(self.root, archives)
        if tree.faults:
            raise UserError(tree.faults[0])
        return tree

    @cached_property
    def tables(self) -> list[str]:
        """The tables to look at: the one that was named, or those at the top, train first."""
        if self.main:
            return [self.main]
        return sorted(self.beside(), key=lambda name: ("train" not in name.lower(), name))

    def beside(self, folder: str = "") -> list[str]:
        """The tables directly in a folder, sorted, but for sample submissions."""
        if self.is_packed:
            return []
        return [name for name in self.names(folder) if is_table(name) and not is_sample(name)]

    @cached_property
    def packed_tables(self) -> list[str]:
        """The tables inside an archive, at its top or in the one folder there."""
        return [
            joined(path, name)
            for path in sorted(self.tree.folders)
            if self.is_packed and "/" not in path
            for name in self.tree.others(path)
            if is_table(name) and not is_sample(name)
        ]

    def names(self, folder: str = "") -> list[str]:
        """The names of the files directly in a folder that are no pictures, sorted."""
        if self.is_packed:
            return self.tree.others(folder)
        with os.scandir(self.root / folder) as entries:
            return sorted(one.name for one in entries if one.is_file() and not is_picture(one.name))

    def table(self, name: str) -> Start | None:
        """The first rows of a table in the folder; None if it is unreadable, which is kept."""
        if name not in self._starts:
            try:
                start = read_start(self.root / name, MOST_ROWS, _FORMS)
                _require_text(start)
                self._starts[name] = start
            except (UserError, OSError) as error:
                self._starts[name] = None
                self.faults[name] = str(error)
        return self._starts[name]

    def open_tables(self, names: Iterable[str]) -> Iterator[tuple[str, Start]]:
        """Each of these tables that can be read, with its first rows."""
        for name in names:
            start = self.table(name)
            if start is not None:
                yield name, start

    def written(self, name: str = "") -> str:
        """A path below the place as a config names it: relative to the data root, or absolute."""
        path = Path(os.path.abspath(joined(str(self.root), name) if name else self.root))  # noqa: PTH100
        root = Path(os.path.abspath(data_root({"data_root": None})))  # noqa: PTH100
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _is_of_pictures(archive: str) -> bool:
    """Whether an archive that lies beside a table may hold its pictures, by its name."""
    return any(word in archive.lower() for word in _PACKED_PICTURES)


def is_sample(name: str) -> bool:
    """Whether a file is a competition's sample submission."""
    plain = name.lower().replace("_", "").replace("-", "").replace(" ", "")
    return is_table(name) and ("samplesub" in plain or plain.startswith("submission"))


def _require_readable(path: Path) -> None:
    if not path.exists():
        raise UserError(f"{path}: no such file or folder")
    if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
        raise UserError(f"{path}: no permission to read it")
    if path.is_dir():
        return
    if not path.is_file():
        raise UserError(f"{path}: neither a file nor a folder")
    if path.stat().st_size == 0:
        raise UserError(f"{path}: empty")
    suffix = path.suffix.lower()
    if is_picture(path.name) or begins_as_picture(path):
        raise UserError(f"{path}: a single picture; give the folder that holds all of them")
    if suffix in VIDEOS + SOUNDS:
        raise UserError(f"{path}: a video or a sound; pictures, ratings and texts are supported")


def _require_text(start: Start) -> None:
    if any(unicodedata.category(letter) == "Cc" for name in start.columns for letter in name):
        raise UserError(f"{start.path}: neither an archive nor a table of text")
    if not start.rows:
        raise UserError(f"{start.path}: a header and no rows")


def _is_packed(path: Path) -> bool:
    """Whether a file is an archive of files, and not one packed table or a workbook."""
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(b"PK"):
        try:
            with zipfile.ZipFile(path) as zipped:
                names = [info.filename for info in zipped.infolist() if not info.is_dir()]
        except zipfile.BadZipFile as error:
            raise UserError(f"{path}: a damaged zip ({error}); get it again") from error
        plain = [name for name in names if not name.startswith("__MACOSX")]
        is_document = "[Content_Types].xml" in names or "mimetype" in names
        return not is_document and not (len(plain) == 1 and is_table(plain[0]))
    if head[257:262] == b"ustar":
        return True
    return (is_archive(path.name) and not is_table(path.name)) or _holds_tar(path, head)


def _holds_tar(path: Path, head: bytes) -> bool:
    if not head.startswith((b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh")):
        return False
    try:
        with tarfile.open(path) as tar:
            return tar.next() is not None
    except (tarfile.TarError, OSError, EOFError):
        return False
