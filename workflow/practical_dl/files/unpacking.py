"""From a source (a folder or an archive, perhaps of archives) to a folder of files."""

import shutil
from pathlib import Path

from practical_dl.files.archives import extract
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log

SUFFIXES = (".tar.gz", ".tgz", ".tar.xz", ".tar", ".zip")


def unpack(source: Path, folder: Path, log: Log) -> Path:
    """Return a folder that holds the files of `source` and of the archives directly inside it.

    A folder without packed archives is used where it is. Anything else is unpacked to `folder`,
    whose former content is removed. An archive beside what it unpacks to is left alone.

    Raises:
        UserError: the source is absent, or an archive is damaged or not to be trusted.
    """
    if not source.exists():
        raise UserError(
            f"{source}: no such file or folder; fix the source's `path` in the config, "
            "or set data_root (or PRACTICAL_DL_DATA) to the folder it lies in"
        )
    if is_unpacked(source):
        return source
    shutil.rmtree(folder, ignore_errors=True)
    if source.is_dir():
        folder.mkdir(parents=True)
        for entry in source.iterdir():
            (folder / entry.name).symlink_to(entry.resolve())
    else:
        extract(source, folder, log)
    for archive in _packed_archives(folder):
        _unpack_beside(archive, log)
    return folder


def is_unpacked(source: Path) -> bool:
    """Whether a source is a folder that is used where it is."""
    return source.is_dir() and not _packed_archives(source)


def _packed_archives(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and _stem(path) and not (folder / _stem(path)).exists()
    ]


def _stem(path: Path) -> str:
    """The name without its archive suffix; empty when it is no archive."""
    suffix = next((suffix for suffix in SUFFIXES if path.name.endswith(suffix)), None)
    return path.name.removesuffix(suffix) if suffix else ""


def _unpack_beside(archive: Path, log: Log) -> None:
    staging = archive.with_name(".staging")
    shutil.rmtree(staging, ignore_errors=True)
    extract(archive, staging, log)
    for entry in staging.iterdir():
        place = archive.with_name(entry.name)
        if place.exists():
            raise UserError(f"{archive}: holds {entry.name}, which is there already")
        entry.rename(place)
    staging.rmdir()
