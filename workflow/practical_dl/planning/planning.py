"""A plan: jobs by rule with their costs and reasons, and the whole as a range."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from practical_dl.planning.estimate import Estimate, Estimator, doubt, shares
from practical_dl.planning.history import read_costs
from practical_dl.planning.jobs import Job
from practical_dl.planning.load import backbone_of, network_work, work
from practical_dl.planning.measured import read_measured
from practical_dl.planning.schedule import wall_seconds
from practical_dl.planning.sizes import Sizes, data_set
from practical_dl.sources.locations import absent_sources


@dataclass(frozen=True)
class RulePlan:
    """The jobs of one rule together: seconds of all of them, megabytes of one, reasons."""

    rule: str
    jobs: int
    seconds: float
    memory: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """Jobs on `cores`: `wall` is seconds (low, likely, high) with no other work beside them,
    `slower` how many times as long they may take beside what the machine has to do now.

    `rests_on` are shares of the time by what they rest on; `absent` are paths of missing sources
    by key of the configuration.
    """

    jobs: int
    cores: int
    wall: tuple[float, float, float]
    slower: float
    rests_on: dict[str, float]
    rules: tuple[RulePlan, ...]
    absent: dict[str, str]


def estimates_of(
    jobs: Sequence[Job], config: Mapping[str, Any], folders: Sequence[Path]
) -> list[Estimate]:
    """The cost of each job; `folders` are those of earlier runs."""
    estimator = Estimator(read_costs(folders), read_measured())
    sizes = Sizes(config)
    return [
        estimator.estimate(job, sizes.of_job(job.rule, job.log), job_work(job, config))
        for job in jobs
    ]


def job_work(job: Job, config: Mapping[str, Any]) -> float:
    """The work of a job by its settings; of features also by their backbone's."""
    backbone = backbone_of(job.log)
    backbones = config.get("images", {}).get(data_set(job.log)[1], {}).get("backbones", {})
    network = backbones.get(backbone)
    return work(job.settings) * (network_work(network) if network else 1.0)


def make_plan(
    jobs: Sequence[Job], config: Mapping[str, Any], folders: Sequence[Path], cores: int
) -> Plan:
    """Plan `jobs` of the workflow in the current folder, by what earlier runs in `folders` cost."""
    estimates = estimates_of(jobs, config, folders)
    return combine(jobs, estimates, cores, slowdown(cores), absent_sources(config))


def slowdown(cores: int) -> float:
    """How many times as long jobs on so many cores take if they share them with the work there."""
    there = os.cpu_count() or 1
    return max(1.0, (os.getloadavg()[0] + min(cores, there)) / there)


def combine(
    jobs: Sequence[Job],
    estimates: Sequence[Estimate],
    cores: int,
    slower: float,
    absent: dict[str, str],
) -> Plan:
    """The plan of jobs with their estimates."""
    wall = wall_seconds(jobs, [one.seconds for one in estimates], cores)
    factor = doubt(estimates)
    by_rule: dict[str, list[tuple[Job, Estimate]]] = {}
    for job, one in zip(jobs, estimates, strict=True):
        by_rule.setdefault(job.rule, []).append((job, one))
    rules = [_rule_plan(rule, parts) for rule, parts in by_rule.items()]
    return Plan(
        len(jobs),
        cores,
        (wall / factor, wall, wall * factor),
        slower,
        shares(estimates),
        tuple(sorted(rules, key=lambda rule: -rule.seconds)),
        absent,
    )


def _rule_plan(rule: str, parts: Sequence[tuple[Job, Estimate]]) -> RulePlan:
    reasons = Counter(short_reason(job.reason) for job, _ in parts)
    return RulePlan(
        rule,
        len(parts),
        sum(one.seconds for _, one in parts),
        max(one.memory for _, one in parts),
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
