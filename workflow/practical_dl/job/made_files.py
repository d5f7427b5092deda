"""What jobs wrote, by checksum: a result that was changed by hand since is noticed.

A job's log has a line with the SHA-256 of each of its outputs. Of larger files than `MOST_BYTES`
none is taken: a change of theirs is seen by their time alone, as Snakemake does.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

MADE = "made: "
LOGS = Path("results/logs")
RECORDS = Path(".snakemake/metadata")
SEEN = Path(".snakemake/seen_results.json")
"""Files that were found unchanged, with what their inode said then."""

MOST_BYTES = 50_000_000


def checksums(paths: Iterable[str | Path]) -> dict[str, str]:
    """The SHA-256 of each file that is there and has at most `MOST_BYTES`."""
    there = (Path(path) for path in paths)
    return {
        path.as_posix(): checksum(path)
        for path in there
        if path.is_file() and path.stat().st_size <= MOST_BYTES
    }


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_made(log: Path) -> dict[str, str]:
    """What a job's log says of its outputs; nothing where it did not end."""
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            line = next(line for line in lines if MADE in line)
        return dict(json.loads(line.partition(MADE)[2]))
    except (OSError, ValueError, StopIteration):
        return {}


def changed_files(logs: Path = LOGS, seen_path: Path = SEEN) -> list[str]:
    """Results that are no longer what their jobs wrote; each is hashed once, until it is touched.

    Where several logs tell of a file, the last one counts.
    """
    seen = _read_seen(seen_path)
    made: dict[str, str] = {}
    for log in sorted(logs.rglob("*.log"), key=lambda path: path.stat().st_mtime):
        made |= read_made(log)
    unchanged, changed = {}, []
    for name, expected in sorted(made.items()):
        path = Path(name)
        if not path.is_file():
            continue
        inode = _inode(path, expected)
        if seen.get(name) == inode or checksum(path) == expected:
            unchanged[name] = inode
        else:
            changed.append(name)
    seen_path.parent.mkdir(exist_ok=True)
    seen_path.write_text(json.dumps(unchanged), encoding="utf-8")
    return changed


def doubts() -> Iterator[str]:
    """What makes the results in this folder doubtful, before a run goes on from them."""
    if LOGS.is_dir() and not (RECORDS.is_dir() and any(RECORDS.iterdir())):
        yield (
            "results: nothing is known here of how they were made (.snakemake is not with them), "
            "so a changed setting makes none anew; --forceall makes all anew"
        )
    for name in changed_files():
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
