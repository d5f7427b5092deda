"""A plan: jobs by rule with their costs and reasons, and the whole as a range."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from practical_dl.planning.dry_run import Job
from practical_dl.planning.estimate import Estimate, Estimator, by_basis
from practical_dl.planning.history import read_costs
from practical_dl.planning.machine import measure
from practical_dl.planning.measured import read_measured
from practical_dl.planning.schedule import wall_seconds
from practical_dl.planning.sizes import expected_rows
from practical_dl.sources.locations import absent_sources

Range = tuple[float, float, float]


@dataclass(frozen=True)
class RulePlan:
    """The jobs of one rule together: seconds of all of them, megabytes of one, reasons."""

    rule: str
    jobs: int
    seconds: Range
    memory: float
    size: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """`wall` is seconds (low, likely, high) on `cores`; `memory` megabytes of all jobs at once.

    `absent` are paths of missing sources by key of the configuration.
    """

    jobs: int
    cores: int
    wall: Range
    memory: float
    largest_job: float
    size: float
    rests_on: dict[str, int]
    rules: tuple[RulePlan, ...]
    speed: float | None
    absent: dict[str, str]


def make_plan(
    jobs: Sequence[Job], config: Mapping[str, Any], folders: Sequence[Path], cores: int
) -> Plan:
    """Plan `jobs` of the workflow in the current folder.

    Args:
        folders: those of earlier runs, whose records have costs of jobs. If any is missing there,
            the speed of this machine is measured, which takes about 15 seconds.
    """
    measured, reference = read_measured()
    earlier = read_costs(folders)
    slower = None
    if Estimator(earlier, measured, 1.0).needs_speed(jobs):
        slower = measure() / reference
    estimator = Estimator(earlier, measured, slower or 1.0)
    sized = [(job, estimator.estimate(job, expected_rows(config, job.log))) for job in jobs]
    return combine(sized, cores, slower, absent_sources(config))


def combine(
    sized: Sequence[tuple[Job, Estimate]],
    cores: int,
    slower: float | None,
    absent: dict[str, str],
) -> Plan:
    """The plan of jobs with their estimates."""
    real = [(job, one) for job, one in sized if job.log]  # the targets themselves do nothing
    jobs, estimates = [job for job, _ in real], [one for _, one in real]
    memory = [one.memory for one in estimates]
    low, high = ([getattr(one, end) for one in estimates] for end in ("low", "high"))
    likely, most = wall_seconds(jobs, [one.likely for one in estimates], memory, cores)
    wall = (
        wall_seconds(jobs, low, memory, cores)[0],
        likely,
        wall_seconds(jobs, high, memory, cores)[0],
    )
    by_rule: dict[str, list[tuple[Job, Estimate]]] = {}
    for job, one in real:
        by_rule.setdefault(job.rule, []).append((job, one))
    rules = [_rule_plan(rule, parts) for rule, parts in by_rule.items()]
    return Plan(
        len(jobs),
        cores,
        wall,
        most,
        max(memory, default=0.0),
        sum(one.size for one in estimates),
        dict(by_basis(estimates)),
        tuple(sorted(rules, key=lambda rule: -rule.seconds[1])),
        slower,
        absent,
    )


def _rule_plan(rule: str, parts: Sequence[tuple[Job, Estimate]]) -> RulePlan:
    estimates = [one for _, one in parts]
    reasons = Counter(short_reason(job.reason) for job, _ in parts)
    return RulePlan(
        rule,
        len(parts),
        (
            sum(one.low for one in estimates),
            sum(one.likely for one in estimates),
            sum(one.high for one in estimates),
        ),
        max(one.memory for one in estimates),
        sum(one.size for one in estimates),
        tuple(reason for reason, _ in reasons.most_common()),
    )


def short_reason(reason: str) -> str:
    """Snakemake's reason without its lists of files."""
    sentences = [part.split(":")[0].strip() for part in reason.split(";")]
    words = {
        "Missing output files": "not made yet",
        "Input files updated by another job": "its inputs are new",
        "Updated input files": "its inputs changed",
        "Set of input files has changed since last execution": "other inputs",
        "Params have changed since last execution": "settings or code",
        "Forced execution": "--fresh",
    }
    known = [words.get(part, part[:1].lower() + part[1:]) for part in sentences if part]
    return known[0] if known else "asked for"
