"""What jobs wrote, by checksum: a result that was changed by hand since is noticed.

A job's log has a line with the SHA-256 of each of its outputs. Of larger files than `MOST_BYTES`
none is taken: a change of theirs is seen by their time alone, as Snakemake does.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from practical_dl.job.errors import UserError, named

MADE = "made: "
LOGS = Path("results/logs")
RECORDS = Path(".snakemake/metadata")
SEEN = Path(".snakemake/seen_results.json")
"""Files that were found unchanged, with what their inode said then."""

MOST_BYTES = 50_000_000


Checksums = dict[str, str | None]
"""By name; None of a file that is too large."""


def checksums(paths: Iterable[str | Path]) -> Checksums:
    """The SHA-256 of each file that is there."""
    there = [path for path in map(Path, paths) if path.is_file()]
    return {
        path.as_posix(): checksum(path) if path.stat().st_size <= MOST_BYTES else None
        for path in there
    }


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_made(log: Path) -> Checksums:
    """What a job's log says of its outputs; nothing where it did not end."""
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            line = next(line for line in lines if MADE in line)
        return dict(json.loads(line.partition(MADE)[2]))
    except (OSError, ValueError, StopIteration):
        return {}


def all_made(logs: Path = LOGS) -> Checksums:
    """What all jobs wrote; where several logs tell of a file, the last one counts."""
    made: Checksums = {}
    for log in sorted(logs.rglob("*.log"), key=lambda path: path.stat().st_mtime):
        made |= read_made(log)
    return made


def require_places(made: Checksums, results: Path = LOGS.parent) -> None:
    """Check that results can be read, and written anew where they stand.

    Raises:
        UserError: a folder is read-only, a file stands in a folder's place, or the other way
            round, or a result cannot be read; all of them at once.
    """
    files = [Path(name) for name in made]
    folders = [Path(folder) for folder, _, _ in os.walk(results)]
    wrong = {
        "cannot be written to; make it writable": [
            folder for folder in folders if not os.access(folder, os.W_OK | os.X_OK)
        ],
        "is a folder where a file belongs; move it away": [path for path in files if path.is_dir()],
        "is a file where a folder belongs; move it away": [
            above
            for above in {above for path in files for above in path.parents}
            if above.is_file()
        ],
        "cannot be read; make it readable": [
            path for path in files if path.is_file() and not os.access(path, os.R_OK)
        ],
    }
    told = [f"{named(sorted(found))}: {what}" for what, found in wrong.items() if found]
    if told:
        raise UserError("; ".join(told))


def changed_files(made: Checksums, seen_path: Path = SEEN) -> list[str]:
    """Results that are not what their jobs wrote; each is hashed once, until it is touched."""
    seen = _read_seen(seen_path)
    unchanged, changed = {}, []
    for name, expected in sorted(made.items()):
        path = Path(name)
        if expected is None or not path.is_file():
            continue
        inode = _inode(path, expected)
        if seen.get(name) == inode or checksum(path) == expected:
            unchanged[name] = inode
        else:
            changed.append(name)
    if unchanged != seen:
        with suppress(OSError):
            seen_path.write_text(json.dumps(unchanged), encoding="utf-8")
    return changed


def doubts(made: Checksums) -> Iterator[str]:
    """What makes the results in this folder doubtful, before a run goes on from them."""
    if made and not (RECORDS.is_dir() and any(RECORDS.iterdir())):
        yield (
            "results: nothing is known here of how they were made (.snakemake is not with them), "
            "so a changed setting makes none anew; --forceall makes all anew"
        )
    for name in changed_files(made):
        yield (
            f"{name}: is not what its job wrote; what is made from it takes it as it is; "
            "delete it to make it anew"
        )


def _inode(path: Path, expected: str) -> list[str | int]:
    """What changes with a file, even where its time of modification is kept."""
    told = path.stat()
    return [expected, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns]


def _read_seen(path: Path) -> dict[str, object]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
