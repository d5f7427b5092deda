"""The state of what lies on the disk: whether a folder or a file has changed since it was read.

Snakemake looks at the time of a folder itself, which tells nothing of the files below it, and
calls an older file that took another's place unchanged. So for each path that the configuration
names, a small file holds a token that changes when, and only when, its content has: it is an
input of the job that reads the path. The token is made from names, sizes and times; contents are
read only where a file has another time than before and the same size.
"""

import csv
import gzip
import hashlib
import os
import stat
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from practical_dl.files.artefacts import atomic_path, sha256_of_file, write_text
from practical_dl.files.names import is_meant

FOLDER = "data/states"
Hashes = Callable[[], Mapping[str, str]]
"""SHA-256 of the files below a folder as they were when they were read, by their relative path."""

Entry = tuple[int, int]
"""Size in bytes, and time of the last change in nanoseconds."""


def listed_hashes(manifest: str | Path | None, below: str = "") -> dict[str, str]:
    """What a manifest says of the files that it lists `below` a folder (of that name and `/`)."""
    if manifest is None or not Path(manifest).is_file():
        return {}
    with Path(manifest).open(encoding="utf-8", newline="") as file:
        return {
            row["path"].removeprefix(below): row["sha256"]
            for row in csv.DictReader(file)
            if row["path"].startswith(below)
        }


def refresh_state(path: Path, parts: Sequence[str] = (".",), known_hashes: Hashes = dict) -> Path:
    """Write the token of what lies at `path` now, unless it is that already; return its file.

    Args:
        parts: of a folder, the parts that count, relative to it.
        known_hashes: asked only where times differ and sizes do not.
    """
    state = state_path(path, parts)
    listing = state.with_name("listing.gz")
    found = _list_file(path) if path.is_file() else _list_folder(path, parts)
    written = _as_bytes(found)
    digest = hashlib.sha256(written).hexdigest()
    if state.is_file() and _read_digest(listing) == digest:
        return state
    token = sha256_of_file(path) if path.is_file() else digest
    if not state.is_file() or not _is_same(path, listing, found, known_hashes):
        _write_if_new(state, f"{token}\n")
    _write_listing(listing, digest, written)
    return state


def state_path(path: Path, parts: Sequence[str] = (".",)) -> Path:
    """The file that holds the token of these parts of a path."""
    name = hashlib.sha256(f"{path}\n{list(parts)}".encode()).hexdigest()[:16]
    return Path(FOLDER) / name / "state.txt"


def _list_file(path: Path) -> dict[str, Entry]:
    status = path.stat()
    return {".": (status.st_size, status.st_mtime_ns)}


def _list_folder(path: Path, parts: Sequence[str]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for part in parts:
        place = path / part
        if place.is_dir():
            found.update(_walk(place, "" if part == "." else f"{part}/", set()))
        elif place.is_file():
            found[part] = _list_file(place)["."]
    return dict(sorted(found.items()))


def _walk(folder: Path, prefix: str, above: set[tuple[int, int]]) -> Iterator[tuple[str, Entry]]:
    """Files below a folder that are meant; a link that leads back up is passed over."""
    try:
        status = folder.stat()
        entries = list(os.scandir(folder))
    except OSError:
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    for entry in entries:
        if not is_meant(entry.name):
            continue
        try:
            status = entry.stat()
        except OSError:
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from _walk(folder / entry.name, f"{prefix}{entry.name}/", above | {here})
        else:
            yield f"{prefix}{entry.name}", (status.st_size, status.st_mtime_ns)


def _write_if_new(path: Path, text: str) -> None:
    """Keep the time of a file that says the same already."""
    if not path.is_file() or path.read_text() != text:
        write_text(path, text)


def _is_same(path: Path, listing: Path, found: Mapping[str, Entry], known_hashes: Hashes) -> bool:
    """Whether a folder's files are those of before, though some have another time."""
    if path.is_file():
        return False
    before = _read_listing(listing)
    if before.keys() != found.keys():
        return False
    changed = [name for name in found if before[name] != found[name]]
    if any(before[name][0] != found[name][0] for name in changed):
        return False
    known = known_hashes()
    return all(name in known and sha256_of_file(path / name) == known[name] for name in changed)


def _as_bytes(found: Mapping[str, Entry]) -> bytes:
    """Names, sizes and times, one after the other with a zero byte between."""
    fields = "\0".join(f"{name}\0{size}\0{time}" for name, (size, time) in found.items())
    return fields.encode(errors="surrogateescape")


def _write_listing(path: Path, digest: str, written: bytes) -> None:
    with atomic_path(path) as temporary, gzip.open(temporary, "wb", compresslevel=1) as file:
        file.write(f"{digest}\n".encode())
        file.write(written)


def _read_digest(path: Path) -> str:
    """The digest of a listing; '' where there is none, or it is damaged."""
    try:
        with gzip.open(path) as file:
            return file.readline().decode(errors="replace").strip()
    except (OSError, EOFError, zlib.error):
        return ""


def _read_listing(path: Path) -> dict[str, Entry]:
    """The files of a listing; none where there is no listing, or it is damaged."""
    try:
        with gzip.open(path) as file:
            file.readline()
            fields = file.read().decode(errors="surrogateescape").split("\0")
    except (OSError, EOFError, zlib.error):
        return {}
    return {
        name: (int(size), int(time))
        for name, size, time in zip(fields[::3], fields[1::3], fields[2::3], strict=False)
    }
