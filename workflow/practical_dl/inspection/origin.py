"""The origin of an artefact from Snakemake's own records: rule, inputs, settings, time.

Snakemake keeps one JSON record per output below `.snakemake/metadata`, named after the output's
path from the working folder in URL-safe base64, cut to the file system's longest name. It has the
values of a job's parameters without their names, which are in the job's log.
"""

import json
import os
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from practical_dl.inspection.description import duration_text
from practical_dl.job.errors import named
from practical_dl.job.made_files import RECORDS, checksum, read_made
from practical_dl.job.runtime import SETTINGS

TOUCHED_SECONDS = 0.05
MEASURED = ("s", "cpu_time", "max_rss")
LONGEST_NAME = 255
UNKNOWN = "unknown: Snakemake keeps no record of it"


@dataclass(frozen=True)
class Origin:
    """The job that made a file below `folder`, where Snakemake ran; its paths are from there."""

    folder: Path
    rule: str
    inputs: tuple[str, ...]
    log: str
    started: float
    ended: float

    @property
    def seconds(self) -> float:
        return self.ended - self.started

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The job's parameters by name."""
        return read_settings(self.folder / self.log)


def find_origin(path: Path) -> Origin | None:
    """The job that made the file at `path`, or None where there is no readable record."""
    path = path.absolute()
    folder = next((above for above in path.parents if (above / RECORDS).is_dir()), None)
    if folder is None:
        return None
    try:
        record = json.loads(_record_path(folder, path.relative_to(folder).as_posix()).read_text())
        return origin_of_record(folder, record)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def origin_of_record(folder: Path, record: Mapping[str, Any]) -> Origin:
    """The origin in one of Snakemake's records below `folder`.

    Raises:
        KeyError, TypeError: it is not such a record.
    """
    return Origin(
        folder,
        str(record["rule"]),
        tuple(record["input"] or ()),
        next(iter(record["log"] or ()), ""),
        float(record["starttime"]),
        float(record["endtime"]),
    )


def was_touched(origin: Origin) -> bool:
    """Whether Snakemake's `--touch` wrote the record, which no job's start is as quick as."""
    return origin.seconds < TOUCHED_SECONDS


def origin_facts(origin: Origin | None) -> dict[str, str]:
    """The origin in words, by name; peak memory from the benchmark file beside the log."""
    if origin is None:
        return {"made by": UNKNOWN}
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(origin.ended))
    settings = (f"{name} {_shortened(value)}" for name, value in origin.settings.items())
    facts = {
        "made by": f"rule {origin.rule}, {when}, in {duration_text(origin.seconds)}",
        "from": named(origin.inputs) or "nothing",
        "settings": named(settings) or "none",
    }
    memory = read_benchmark(origin.folder, origin.log).get("max_rss")
    return facts | ({"peak memory": f"{memory:.0f} MB"} if memory else {})


def read_settings(log: Path) -> dict[str, Any]:
    """A job's parameters by name, as its log has them; empty if it has none."""
    try:
        with log.open(encoding="utf-8") as lines:
            line = next(line for line in lines if SETTINGS in line)
        return dict(json.loads(line.partition(SETTINGS)[2]))
    except (OSError, ValueError, StopIteration):
        return {}


def read_benchmark(folder: Path, log: str) -> dict[str, float]:
    """MEASURED of the benchmark file beside a job's log; empty if there is none."""
    name = Path(log.replace("results/logs/", "results/benchmarks/", 1)).with_suffix(".tsv")
    return measured_in(folder / name)


def measured_in(benchmark: Path) -> dict[str, float]:
    """MEASURED of a benchmark file; empty if it is not one."""
    try:
        header, values = (line.split("\t") for line in benchmark.read_text().splitlines()[:2])
        row = dict(zip(header, values, strict=True))
        return {key: float(row[key]) for key in MEASURED if key in row}
    except (OSError, ValueError):
        return {}


def is_changed(path: Path, origin: Origin) -> bool:
    """Whether a file is not what the job wrote, by the checksum in its log, where there is one."""
    made = read_made(origin.folder / origin.log)
    expected = made.get(path.absolute().relative_to(origin.folder).as_posix())
    return expected is not None and checksum(path) != expected


def changed_inputs(origin: Origin) -> list[str]:
    """Inputs that were written after the job read them."""
    late = []
    for name in origin.inputs:
        try:
            modified = (origin.folder / name).lstat().st_mtime
        except OSError:
            continue
        if modified > origin.ended:
            late.append(name)
    return late


def _record_path(folder: Path, name: str) -> Path:
    longest = os.pathconf(folder, "PC_NAME_MAX") or LONGEST_NAME
    text = urlsafe_b64encode(name.encode()).decode()
    pieces = [text[start : start + longest - 1] for start in range(0, len(text), longest - 1)]
    return folder / RECORDS / Path(*(f"@{piece}" for piece in pieces[:-1]), pieces[-1])


def _shortened(value: object, longest: int = 120) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= longest else f"{text[:longest]}..."
