"""From a source (a folder or an archive, perhaps of archives) to a folder of files."""

import filecmp
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from practical_dl.files.archives import extract
from practical_dl.files.names import is_meant
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log

SUFFIXES = (".tar.gz", ".tgz", ".tar.xz", ".tar", ".zip")
PAPERS = ("", ".csv", ".tsv", ".txt", ".md", ".json", ".xlsx", ".pdf", ".html")
"""Suffixes of what lies beside the archives of a source that nobody has unpacked yet."""


def unpack(source: Path, folder: Path, needed: Sequence[str] | None, log: Log) -> Path:
    """Return a folder that holds the files of `source` and of the archives directly inside it.

    A folder without packed archives is used where it is. Anything else is unpacked to `folder`,
    whose former content is removed.

    An archive stays packed, which is told, if its content lies beside it already, or if nothing
    is missing. `needed` are the names at the top of the source that the configuration reads; with
    none of them archives are unpacked only where there is nothing else, so that no archive among
    the folders of classes becomes a class. With None all archives are needed.

    Raises:
        UserError: the source is absent, or an archive is damaged or not to be trusted, or holds
            something else than what lies there under the same name.
    """
    if not source.exists():
        raise UserError(f"{source}: no such file or folder; {_where_to_look(source)}")
    if is_unpacked(source, needed):
        _tell_left_packed(_archives(source), log)
        return source
    shutil.rmtree(folder, ignore_errors=True)
    if source.is_dir():
        folder.mkdir(parents=True)
        for entry in source.iterdir():
            (folder / entry.name).symlink_to(entry.resolve())
    else:
        extract(source, folder, log)
    packed = _packed_archives(folder, needed)
    _tell_left_packed([path for path in _archives(folder) if path not in packed], log)
    for archive in packed:
        _unpack_beside(archive, log)
    return folder


def gather(parts: Mapping[str, Path], folder: Path, log: Log) -> Path:
    """Link each of `parts` below `folder` by its name, or unpack it there; return `folder`.

    Raises:
        UserError: as `unpack`.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, path in parts.items():
        place = folder / name
        is_plain = path.is_file() and not _stem(path)
        root = path if is_plain else unpack(path, place, [], log)
        if root != place:
            place.symlink_to(root.resolve())
    return folder


def is_unpacked(source: Path, needed: Sequence[str] | None) -> bool:
    """Whether a source is a folder that is used where it is; `needed` as for `unpack`."""
    return source.is_dir() and not _packed_archives(source, needed)


def _where_to_look(source: Path) -> str:
    if "$" in str(source):
        return "no variable of the environment that is set stands for its $"
    return (
        "fix the source's `path` in the config, or set data_root (or PRACTICAL_DL_DATA) to the "
        "folder it lies in"
    )


def _packed_archives(folder: Path, needed: Sequence[str] | None) -> list[Path]:
    """The archives in `folder` that are to be unpacked, but for those whose stem lies there."""
    packed = [path for path in _archives(folder) if not (folder / _stem(path)).exists()]
    return packed if packed and _is_incomplete(folder, needed) else []


def _is_incomplete(folder: Path, needed: Sequence[str] | None) -> bool:
    if needed is None:
        return True
    if needed:
        return not all((folder / name).exists() for name in needed)
    others = [path for path in folder.iterdir() if is_meant(path.name) and not _stem(path)]
    return all(path.is_file() and path.suffix.lower() in PAPERS for path in others)


def _archives(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.iterdir())
        if _stem(path) and is_meant(path.name) and path.is_file()
    ]


def _stem(path: Path) -> str:
    """The name without its archive suffix; empty when it is no archive."""
    name = path.name.lower()
    suffix = next((suffix for suffix in SUFFIXES if name.endswith(suffix)), None)
    return path.name[: -len(suffix)] if suffix else ""


def _tell_left_packed(archives: Sequence[Path], log: Log) -> None:
    for archive in archives:
        log.show(f"{archive}: left packed, because nothing is missing without it")


def _unpack_beside(archive: Path, log: Log) -> None:
    staging = archive.with_name(".staging")
    shutil.rmtree(staging, ignore_errors=True)
    extract(archive, staging, log)
    places = {entry: archive.with_name(entry.name) for entry in sorted(staging.iterdir())}
    if all(_is_like(place, entry) for entry, place in places.items()):
        shutil.rmtree(staging)
        log.show(f"{archive}: left packed, because what it holds lies beside it")
        return
    for entry, place in places.items():
        if place.exists():
            raise UserError(
                f"{archive}: holds {entry.name}, which is there already; remove one of them"
            )
        entry.rename(place)
    staging.rmdir()


def _is_like(place: Path, entry: Path) -> bool:
    """Whether `place` holds a folder, as `entry` is, or a file of the same bytes."""
    if entry.is_dir():
        return place.is_dir()
    return place.is_file() and filecmp.cmp(place, entry, shallow=False)
