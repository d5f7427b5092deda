"""What the jobs of earlier runs have cost, from their logs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from practical_dl.job.runtime import COST, SETTINGS
from practical_dl.planning.jobs import plain_name
from practical_dl.planning.load import backbone_of, network_work, work
from practical_dl.planning.sizes import Size, counted_size, data_set

LOGS = Path("results/logs")
READ = 1 << 16
"""Bytes of a log's end in which the line of its cost stands."""


@dataclass(frozen=True)
class Cost:
    """Cost of one job: seconds with no other work beside it, megabytes at the peak, the size of its
    data set (None where it has none or that is not known) and its work by its settings."""

    rule: str
    log: str
    seconds: float
    memory: float
    size: int | None
    work: float


def read_costs(folders: Sequence[Path]) -> list[Cost]:
    """The finished jobs of earlier runs below these folders of the workflow."""
    return [cost for folder in folders for cost in _costs_of(folder)]


def _costs_of(folder: Path) -> Iterator[Cost]:
    sizes = cache(lambda pipeline, dataset: _size_here(folder, pipeline, dataset))
    for file in sorted((folder / LOGS).rglob("*.log")):
        facts = _facts(file)
        if facts is None:
            continue
        rule, settings, seconds, memory = facts
        log = file.relative_to(folder).as_posix()
        size = sizes(*data_set(log))
        rows = size.for_rule(rule) if size else None
        effort = work(settings) * _network(file)
        yield Cost(rule, log, seconds, memory, rows, effort)


def _facts(file: Path) -> tuple[str, dict[str, Any], float, float] | None:
    """The rule, settings, seconds and megabytes that a log tells; None unless its job has ended."""
    try:
        with file.open("rb") as stream:
            first, second = stream.readline().decode(), stream.readline().decode()
            stream.seek(max(0, file.stat().st_size - READ))
            end = stream.read().decode(errors="replace")
        rule = first.split()[1].removesuffix(":")
        settings = json.loads(second.partition(SETTINGS)[2])
        line = next(line for line in reversed(end.splitlines()) if COST in line)
        spent = json.loads(line.partition(COST)[2])
        seconds = max(spent["seconds"] - spent["waited"], 0.0)
        return plain_name(rule), settings, seconds, float(spent["mb"])
    except (OSError, ValueError, KeyError, IndexError, StopIteration):
        return None


def _network(file: Path) -> float:
    """What a picture costs the backbone of a log; 1 for jobs without one."""
    backbone = backbone_of(file.name)
    facts = _facts(file.with_name(f"prepare_backbone_{backbone}.log")) if backbone else None
    return network_work(facts[1]["network"]) if facts else 1.0


def _size_here(folder: Path, pipeline: str, dataset: str) -> Size | None:
    if pipeline != "characters":
        return counted_size(folder, pipeline, dataset)
    facts = _facts(folder / LOGS / pipeline / dataset / "fit_characters.log")
    try:
        return Size((folder / facts[1]["text"]["path"]).stat().st_size) if facts else None
    except (OSError, KeyError, TypeError):
        return None
