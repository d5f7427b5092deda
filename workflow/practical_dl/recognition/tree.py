"""What lies below a folder or in an archive, by names alone."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from practical_dl.files.archives import member_names
from practical_dl.files.names import is_meant
from practical_dl.files.unpacking import SUFFIXES as ARCHIVES
from practical_dl.images.pictures.formats import (
    SIGNATURE_BYTES,
    SUFFIXES,
    is_signature_of_picture,
)
from practical_dl.job.errors import UserError, named

MOST_FILES = 3_000_000
TABLES = (".csv", ".tsv", ".jsonl", ".json", ".xlsx", ".parquet", ".data", ".dat", ".ndjson")
PACKED = (".gz", ".xz", ".bz2", ".zip")


@dataclass
class Folder:
    """The names of the files directly in a folder."""

    pictures: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tree:
    """Folders by path ('' is the top), with `/`; of `packed` names at the top, their archives.

    `faults` says what could not be looked into, `damaged` which archives were passed over, and why.
    """

    folders: Mapping[str, Folder]
    packed: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[str] = ()
    damaged: Sequence[str] = ()

    def pictures(self) -> Iterator[str]:
        for path, folder in self.folders.items():
            for name in folder.pictures:
                yield joined(path, name)

    def count(self, below: str = "") -> int:
        """The number of pictures in a folder and those below it."""
        return sum(
            len(folder.pictures) for path, folder in self.folders.items() if is_below(path, below)
        )

    def children(self, of: str = "") -> list[str]:
        """The names of the folders directly in a folder, sorted, that hold pictures anywhere."""
        start = f"{of}/" if of else ""
        found = {
            path[len(start) :].split("/", 1)[0]
            for path, folder in self.folders.items()
            if folder.pictures and path.startswith(start) and path != of
        }
        return sorted(found)

    def others(self, of: str = "") -> list[str]:
        """The files directly in a folder that are no pictures, sorted."""
        return sorted(self.folders[of].others) if of in self.folders else []

    def told(self) -> str:
        """The files in words: how many of which suffix."""
        suffixes = Counter(
            Path(name).suffix.lower() or "without suffix"
            for folder in self.folders.values()
            for name in (*folder.pictures, *folder.others)
        )
        shown = named(f"{count:,} {suffix}" for suffix, count in suffixes.most_common())
        return shown or "no files"


def joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def is_below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def is_picture(name: str) -> bool:
    """Whether a file is a picture by its name."""
    return name[name.rfind(".") :].lower() in SUFFIXES if "." in name else False


def begins_as_picture(path: Path) -> bool:
    """Whether a file without suffix is a picture, as the sources of pictures tell it."""
    try:
        with path.open("rb") as file:
            return is_signature_of_picture(file.read(SIGNATURE_BYTES))
    except OSError:
        return False


def is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVES)


def is_table(name: str) -> bool:
    """Whether a file is a table by its name: train.csv, train.csv.zip."""
    stem = name.lower()
    for suffix in PACKED:
        stem = stem.removesuffix(suffix)
    return stem.endswith(TABLES)


def tree_of_folder(root: Path, archives: Iterable[str]) -> Tree:
    """What lies below a folder, and in those archives directly in it that nothing replaces."""
    folders: dict[str, Folder] = {}
    faults: list[str] = []
    seen, count = {os.path.realpath(root)}, 0

    def note(error: OSError) -> None:
        faults.append(f"{error.filename}: {error.strerror}; it cannot be looked into")

    for parent, children, files in os.walk(root, onerror=note, followlinks=True):
        children[:] = sorted(name for name in children if is_meant(name))
        for name in [name for name in children if Path(parent, name).is_symlink()]:
            target = os.path.realpath(Path(parent, name))
            if target in seen:
                children.remove(name)
            seen.add(target)
        path = os.path.relpath(parent, root).replace(os.sep, "/")
        folders["" if path == "." else path] = _sorted_out(parent, files)
        count += len(files)
        if count > MOST_FILES:
            faults.append(f"{root}: holds more than {MOST_FILES:,} files; name a folder in it")
            break
    packed, damaged = _add_archives(root, archives, folders)
    return Tree(folders, packed, faults, damaged)


def tree_of_archive(archive: Path) -> Tree:
    """What an archive holds.

    Raises:
        UserError: it is damaged, or not to be trusted.
    """
    folders: dict[str, Folder] = {"": Folder()}
    _add_members(folders, member_names(archive))
    return Tree(folders)


def _sorted_out(parent: str, files: Iterable[str]) -> Folder:
    folder = Folder()
    for name in sorted(files):
        if is_meant(name):
            is_one = is_picture(name) if "." in name else begins_as_picture(Path(parent, name))
            (folder.pictures if is_one else folder.others).append(name)
    return folder


def _add_archives(
    root: Path, archives: Iterable[str], folders: dict[str, Folder]
) -> tuple[dict[str, str], list[str]]:
    """Add the members of archives at the top, unless what they hold lies beside them.

    Returns:
        The archive of each name at the top that lies in one, and what is wrong with others.
    """
    packed: dict[str, str] = {}
    damaged = []
    for archive in archives:
        stem = next(archive[: -len(end)] for end in ARCHIVES if archive.lower().endswith(end))
        if (root / stem).exists():
            continue
        try:
            members = member_names(root / archive)
        except UserError as error:
            damaged.append(str(error))
            continue
        tops = {name.split("/", 1)[0] for name in members}
        if not any((root / top).exists() for top in tops):
            packed |= dict.fromkeys(tops, archive)
            _add_members(folders, members)
    return packed, damaged


def _add_members(folders: dict[str, Folder], members: Iterable[str]) -> None:
    for member in members:
        path, _, name = member.rpartition("/")
        if all(map(is_meant, member.split("/"))):
            folder = folders.setdefault(path, Folder())
            (folder.pictures if is_picture(name) else folder.others).append(name)
