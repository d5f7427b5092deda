"""Costs of jobs in earlier runs: records give rule and time, benchmark files memory."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import h5py

from practical_dl.inspection.origin import RECORDS, origin_of_record, read_benchmark
from practical_dl.planning.dry_run import plain_name

SAMPLED_SECONDS = 10.0
"""Processor time is sampled at intervals, so for shorter jobs it is too low."""
ROW_FILES = {"images": "manifest.csv", "movies": "ratings.h5", "reviews": "reviews.csv"}


@dataclass(frozen=True)
class Cost:
    """Cost of one job: `seconds` of wall time and those without other work beside it
    (`undisturbed`); megabytes at the peak, bytes that it wrote, rows of its data set if known."""

    rule: str
    log: str
    seconds: float
    undisturbed: float
    memory: float
    size: float
    rows: int | None


def read_costs(folders: Sequence[Path]) -> list[Cost]:
    """The jobs of earlier runs below these folders of the workflow (not of its results)."""
    return [cost for folder in folders for cost in _costs_of(folder)]


def _costs_of(folder: Path) -> Iterator[Cost]:
    jobs: dict[str, tuple[dict[str, Any], list[Path]]] = {}
    for path, record in _records(folder):
        log = next(iter(record.get("log") or ()), "")
        if log:
            jobs.setdefault(log, (record, []))[1].append(path)
    rows = {log: rows_of(folder, log) for log in jobs}
    for log, (record, outputs) in jobs.items():
        try:
            origin = origin_of_record(folder, record)
        except (KeyError, TypeError):
            continue
        measured = read_benchmark(folder, log)
        size = sum(path.stat().st_size for path in outputs if path.is_file())
        seconds = measured.get("s", origin.seconds)
        alone = _undisturbed_seconds(seconds, measured.get("cpu_time", seconds))
        memory = measured.get("max_rss", 0.0)
        yield Cost(plain_name(origin.rule), log, seconds, alone, memory, size, rows[log])


def _records(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Outputs with their records; the path of a record encodes the output's name."""
    root = folder / RECORDS
    for file in root.rglob("*"):
        if not file.is_file():
            continue
        try:
            code = "".join(part.removeprefix("@") for part in file.relative_to(root).parts)
            name = urlsafe_b64decode(code).decode()
            yield folder / name, json.loads(file.read_text())
        except ValueError:
            continue


def _undisturbed_seconds(seconds: float, processor_seconds: float) -> float:
    """Seconds that a job would take with no other work beside it, as far as known."""
    return seconds if seconds < SAMPLED_SECONDS else min(seconds, processor_seconds)


def rows_of(folder: Path, log: str) -> int | None:
    """Pictures, ratings or reviews of the data set that a job with this log works on."""
    parts = Path(log).parts  # results, logs, pipeline, dataset, ...
    if len(parts) < 5 or parts[2] not in ROW_FILES:
        return None
    return count_rows(folder / "results" / parts[2] / parts[3] / ROW_FILES[parts[2]])


@cache
def count_rows(path: Path) -> int | None:
    """Rows of a CSV file without its header, or of a table in HDF5; None if it is absent."""
    try:
        if path.suffix == ".h5":
            with h5py.File(path, "r") as file:
                return int(next(iter(file.values())).shape[0])
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1
    except OSError:
        return None
