"""The expected cost of each job, as a range, and the basis of that estimate.

The first of these that exists: the same job in an earlier run; the same rule on other data, scaled
by rows where both sizes are known; the table of another machine, scaled by the speed of this one; a
guess. The table also says with which power of the rows a rule's time grows, if it has the rule at
two sizes; for other rules the median of these powers is used.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from practical_dl.planning.dry_run import Job
from practical_dl.planning.history import Cost

SAME_JOB = "the same job in an earlier run"
CHANGED_JOB = "the same job with other settings or code"
SAME_RULE = "the same rule on other data"
UNKNOWN_SIZE = "the same rule, on data whose size is not known before it is read"
OTHER_MACHINE = "another machine, scaled by the speed of this one"
NOTHING = "a guess: no such job was ever measured"
BASES = (SAME_JOB, CHANGED_JOB, SAME_RULE, OTHER_MACHINE, UNKNOWN_SIZE, NOTHING)

FACTORS = {
    SAME_JOB: (0.75, 1.35),
    CHANGED_JOB: (0.4, 2.5),
    SAME_RULE: (0.6, 1.7),
    OTHER_MACHINE: (0.6, 1.7),
    UNKNOWN_SIZE: (0.3, 10.0),
}
OTHER_SETTINGS = 4.0
"""Data of another size usually come with other settings too (epochs, samples, resolution)."""
GUESS_SECONDS = (0.5, 5.0, 60.0)
SMALL_JOB_MEGABYTES = 150.0
"""Assumed memory of a job without a benchmark file: pandas and Matplotlib."""
FIXED_SECONDS = 1.0
"""Time of a job before it reads a row: starting Python and importing packages."""
LEAST_SECONDS = 0.1
STEEPER = 0.3
"""By how much the power with which a rule grows may be underestimated."""


@dataclass(frozen=True)
class Estimate:
    """Seconds (low, likely, high), megabytes at the peak, bytes written, and the basis."""

    low: float
    likely: float
    high: float
    memory: float
    size: float
    basis: str


class Estimator:
    """Estimates from `earlier` jobs here, the table `measured` elsewhere and a factor of speed."""

    def __init__(self, earlier: Sequence[Cost], measured: Sequence[Cost], slower: float) -> None:
        self._by_log = {cost.log: cost for cost in earlier}
        self._by_rule = _grouped(earlier)
        self._elsewhere = _grouped(measured)
        powers = {rule: growth(costs) for rule, costs in self._elsewhere.items()}
        self._powers = {rule: power for rule, power in powers.items() if power is not None}
        self._typical = float(np.median(list(self._powers.values()))) if self._powers else 1.0
        self._slower = slower

    def needs_speed(self, jobs: Sequence[Job]) -> bool:
        """Whether any job rests on the table of another machine."""
        return any(
            job.log not in self._by_log
            and job.rule not in self._by_rule
            and job.rule in self._elsewhere
            for job in jobs
        )

    def estimate(self, job: Job, rows: int | None) -> Estimate:
        """The cost of `job` on a data set of so many `rows`."""
        same = self._by_log.get(job.log)
        power = self._powers.get(job.rule, self._typical)
        if same is not None and _differs(same.rows, rows):
            return _scaled([same], rows, power, 1.0, SAME_RULE)
        if same is not None:
            basis = CHANGED_JOB if "changed" in job.reason else SAME_JOB
            return _scaled([same], rows, power, 1.0, basis)
        if job.rule in self._by_rule:
            return _scaled(self._by_rule[job.rule], rows, power, 1.0, SAME_RULE)
        if job.rule in self._elsewhere:
            return _scaled(self._elsewhere[job.rule], rows, power, self._slower, OTHER_MACHINE)
        return Estimate(*GUESS_SECONDS, 500.0, 0.0, NOTHING)


def _grouped(costs: Sequence[Cost]) -> dict[str, list[Cost]]:
    found: dict[str, list[Cost]] = {}
    for cost in costs:
        found.setdefault(cost.rule, []).append(cost)
    return found


def growth(costs: Sequence[Cost]) -> float | None:
    """The power of the rows, 0 to 1, with which these jobs' seconds grow; None if of one size."""
    sized = [(cost.rows, cost.seconds) for cost in costs if cost.rows]
    if len({rows for rows, _ in sized}) < 2:
        return None
    rows = np.log([rows for rows, _ in sized])
    seconds = np.log([max(seconds - FIXED_SECONDS, LEAST_SECONDS) for _, seconds in sized])
    return float(np.clip(np.polyfit(rows, seconds, 1)[0], 0, 1))


def _differs(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and not 0.9 < one / max(other, 1) < 1.1


def _scaled(
    costs: Sequence[Cost], rows: int | None, power: float, slower: float, basis: str
) -> Estimate:
    """From the costs of similar jobs.

    Time may grow more steeply than with the `power` of the rows, or not at all: the range covers
    both. The likely value grows with that power, and is between the time on an idle machine and
    the time that was measured beside other work.
    """
    alike = _nearest(costs, rows)
    size_known = bool(rows) or all(cost.rows is None for cost in alike)
    basis = basis if size_known or basis in (SAME_JOB, CHANGED_JOB) else UNKNOWN_SIZE
    down, up = FACTORS[basis]
    if any(_differs(cost.rows, rows) for cost in alike):
        up = max(up, OTHER_SETTINGS)
    least = [slower * _grown(cost.undisturbed, cost.rows, rows, power) for cost in alike]
    busy = [slower * _grown(cost.seconds, cost.rows, rows, power) for cost in alike]
    steeper = min(1.0, power + STEEPER)
    most = [slower * _grown(cost.seconds, cost.rows, rows, steeper) for cost in alike]
    plain = [slower * cost.undisturbed for cost in alike]
    return Estimate(
        down * min(plain + least),
        math.sqrt(_mean(least) * _mean(busy)),
        up * max(plain + busy + most),
        max(cost.memory for cost in alike) or SMALL_JOB_MEGABYTES,
        _mean([cost.size * _ratio(cost.rows, rows) for cost in alike]),
        basis,
    )


def _nearest(costs: Sequence[Cost], rows: int | None) -> Sequence[Cost]:
    """The costs on data of the size that is nearest to `rows`; all where sizes are unknown."""
    sizes = [cost.rows for cost in costs if cost.rows]
    if not rows or not sizes:
        return costs
    nearest = min(sizes, key=lambda size: abs(math.log(size / rows)))
    return [cost for cost in costs if cost.rows and not _differs(cost.rows, nearest)]


def _grown(seconds: float, rows: int | None, wanted: int | None, power: float) -> float:
    fixed = min(seconds, FIXED_SECONDS)
    return fixed + (seconds - fixed) * _ratio(rows, wanted) ** power


def _ratio(rows: int | None, wanted: int | None) -> float:
    return wanted / rows if rows and wanted else 1.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def by_basis(estimates: Sequence[Estimate]) -> Mapping[str, int]:
    """Number of jobs by the basis of their estimate."""
    counts = {basis: sum(one.basis == basis for one in estimates) for basis in BASES}
    return {basis: count for basis, count in counts.items() if count}
