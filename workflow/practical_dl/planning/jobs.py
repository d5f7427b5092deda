"""The jobs of a run, from Snakemake's graph of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Job:
    """One job to run, what it is given, and the reason why it runs."""

    rule: str
    log: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    threads: int
    reason: str
    settings: dict[str, Any]


def jobs_of(dag: Any) -> list[Job]:
    """The jobs of Snakemake's `dag` that it will run, but for targets, which do nothing."""
    return [_job(job, str(dag.reason(job))) for job in dag.needrun_jobs() if job.log]


def plain_name(rule: str) -> str:
    """The name of a rule without the number of its list of outputs (`alike` in common.smk)."""
    return re.sub(r"_\d+$", "", rule)


def _job(job: Any, reason: str) -> Job:
    return Job(
        plain_name(job.rule.name),
        str(job.log[0]),
        _texts(job.input),
        _texts(job.output),
        int(job.threads),
        reason,
        {name: value for name, value in job.params.items() if name != "code"},
    )


def _texts(paths: Iterable[object]) -> tuple[str, ...]:
    return tuple(map(str, paths))
