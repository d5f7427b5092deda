"""The expected seconds of each job, and how far they may be wrong.

The first of these that exists: the same job in an earlier run here; the same rule here, or in the
table of another machine at the speed of this one, whichever had the more similar work to do; the
table as it is; a guess. The work of a job is the size of its data times what its settings repeat.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

import numpy as np

from practical_dl.planning.history import Cost
from practical_dl.planning.jobs import Job

SAME_JOB = "the same jobs here before"
LIKE = "such jobs here, on other data or with other settings"
TABLE = "another machine's times, at the speed of this one"
OTHER_MACHINE = "another machine's times as they are"
NOTHING = "a guess"
FACTORS = {SAME_JOB: 1.4, LIKE: 1.5, TABLE: 1.5, OTHER_MACHINE: 3.0, NOTHING: 6.0}
"""By how much an estimate may be wrong, either way."""
FARTHER = 0.07
"""With which power of the difference in work an estimate is worse."""
AS_NEAR = math.log(4)
"""What was measured here counts as nearer than what the table has, by this factor of work."""
GUESS_SECONDS = 5.0
START_SECONDS, TENSORFLOW_SECONDS = 0.5, 8.0
"""Time of a job that no row adds to; with TensorFlow its import and its first step."""
TENSORFLOW_MEGABYTES = 600.0
LEAST_SECONDS = 0.1
STEEPEST = 1.2
REPEATED = 0.85
"""With which power of its epochs (or samples) the time of the same job grows; some is done once."""
FEWEST_JOBS, SHORTEST_SECONDS = 3, 2.0
"""What tells the speed of this machine: so many jobs of at least so many seconds."""


@dataclass(frozen=True)
class Estimate:
    """Seconds of a job with no other work beside it, by which factor they may be wrong either way,
    megabytes at the peak, and what this rests on."""

    seconds: float
    factor: float
    memory: float
    basis: str


class Estimator:
    """Estimates from `earlier` jobs here and the `table` of another machine."""

    def __init__(self, earlier: Sequence[Cost], table: Sequence[Cost]) -> None:
        self._earlier = earlier
        self._by_log = {cost.log: cost for cost in earlier}
        self._here = _by_rule(earlier)
        self._table = _by_rule(table)
        powers = {rule: growth(costs) for rule, costs in self._table.items()}
        self._powers = {rule: power for rule, power in powers.items() if power is not None}
        self._typical = median(self._powers.values()) if self._powers else 1.0

    @cached_property
    def speed(self) -> float | None:
        """How many times as long as in the table jobs take here; None if too little was run."""
        ratios = [
            cost.seconds / self._grown(near, cost.rule, cost.size, cost.work)
            for cost in self._earlier
            if cost.seconds >= SHORTEST_SECONDS and cost.rule in self._table
            for near in [_nearest(self._table[cost.rule], cost.size, cost.work)]
            if abs(_distance(near, cost.size, cost.work)) < AS_NEAR
        ]
        return median(ratios) if len(ratios) >= FEWEST_JOBS else None

    def estimate(self, job: Job, size: int | None, effort: float) -> Estimate:
        """The cost of `job`, whose settings make so much work, on a data set of this size."""
        same = self._by_log.get(job.log)
        if same is not None:
            return self._same(same, size, effort)
        here = self._here.get(job.rule)
        table = self._table.get(job.rule)
        near = _nearest(here, size, effort) if here else None
        far = _nearest(table, size, effort) if table else None
        if near and (
            not far
            or abs(_distance(near, size, effort)) <= abs(_distance(far, size, effort)) + AS_NEAR
        ):
            return self._like(near, size, effort, 1.0, LIKE)
        if far:
            basis = OTHER_MACHINE if self.speed is None else TABLE
            return self._like(far, size, effort, self.speed or 1.0, basis)
        return Estimate(GUESS_SECONDS, FACTORS[NOTHING], 0.0, NOTHING)

    def _same(self, cost: Cost, size: int | None, effort: float) -> Estimate:
        """Of a job that ran here: epochs count nearly in full, the data as the rule grows."""
        repeated = (effort / cost.work) ** REPEATED
        unlike = abs(_distance(cost, size, effort)) > 0.05
        start = _start_seconds(cost)
        grown = self._grown(cost, cost.rule, size, cost.work) - start
        basis = LIKE if unlike else SAME_JOB
        return Estimate(start + grown * repeated, FACTORS[basis], cost.memory, basis)

    def _like(
        self, cost: Cost, size: int | None, effort: float, speed: float, basis: str
    ) -> Estimate:
        seconds = speed * self._grown(cost, cost.rule, size, effort)
        farther = math.exp(FARTHER * abs(_distance(cost, size, effort)))
        return Estimate(seconds, FACTORS[basis] * farther, cost.memory, basis)

    def _grown(self, cost: Cost, rule: str, size: int | None, effort: float) -> float:
        """Seconds of a job as `cost` with other work to do."""
        power = self._powers.get(rule, self._typical)
        start = _start_seconds(cost)
        return start + (cost.seconds - start) * math.exp(power * _distance(cost, size, effort))


def _by_rule(costs: Sequence[Cost]) -> dict[str, list[Cost]]:
    found: dict[str, list[Cost]] = {}
    for cost in costs:
        found.setdefault(cost.rule, []).append(cost)
    return found


def _start_seconds(cost: Cost) -> float:
    start = TENSORFLOW_SECONDS if cost.memory >= TENSORFLOW_MEGABYTES else START_SECONDS
    return min(start, 0.9 * cost.seconds)


def _distance(cost: Cost, size: int | None, effort: float) -> float:
    """Logarithm of how many times as much there is to do as for `cost`."""
    rows = size / cost.size if size and cost.size else 1.0
    return math.log(rows * effort / cost.work)


def _nearest(costs: Sequence[Cost], size: int | None, effort: float) -> Cost:
    """The last cost of those whose work is the most similar."""
    return min(reversed(costs), key=lambda cost: round(abs(_distance(cost, size, effort)), 1))


def growth(costs: Sequence[Cost]) -> float | None:
    """The power of the work with which these jobs' seconds grow; None if all had the same."""
    sized = [cost for cost in costs if cost.size]
    loads = [math.log(cost.work * (cost.size or 1)) for cost in sized]
    if not sized or max(loads) - min(loads) < math.log(2):
        return None
    beyond = [max(cost.seconds - _start_seconds(cost), LEAST_SECONDS) for cost in sized]
    return float(np.clip(np.polyfit(loads, np.log(beyond), 1)[0], 0, STEEPEST))


def doubt(estimates: Sequence[Estimate]) -> float:
    """By which factor the sum of these may be wrong, either way; the longest count most."""
    total = sum(one.seconds for one in estimates)
    if not total:
        return 1.0
    return math.exp(sum(one.seconds * math.log(one.factor) for one in estimates) / total)


def shares(estimates: Sequence[Estimate]) -> dict[str, float]:
    """The share of the time that rests on each basis, the largest first."""
    total = sum(one.seconds for one in estimates) or 1.0
    sums = {basis: sum(one.seconds for one in estimates if one.basis == basis) for basis in FACTORS}
    ordered = sorted(sums.items(), key=lambda pair: -pair[1])
    return {basis: seconds / total for basis, seconds in ordered if seconds}
