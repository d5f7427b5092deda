"""Simulated start and end of jobs on a number of cores."""

import heapq
from collections.abc import Mapping, Sequence, Set

from practical_dl.planning.jobs import Job

START_SECONDS = 3.0
"""Time that Snakemake takes to read the workflow and to end."""
BETWEEN_SECONDS = 0.5
"""Time of a job that its own log does not see: Python's start, and Snakemake's before and after."""


def dependencies(jobs: Sequence[Job]) -> list[set[int]]:
    """For each job the indices of the jobs whose outputs it reads."""
    makers = {path: place for place, job in enumerate(jobs) for path in job.outputs}
    return [
        {makers[path] for path in job.inputs if path in makers} - {place}
        for place, job in enumerate(jobs)
    ]


def wall_seconds(jobs: Sequence[Job], seconds: Sequence[float], cores: int) -> float:
    """Wall time of a whole run of these jobs."""
    if not jobs:
        return 0.0
    return START_SECONDS + seconds_left(jobs, [one + BETWEEN_SECONDS for one in seconds], cores)


def seconds_left(
    jobs: Sequence[Job], seconds: Sequence[float], cores: int, running: Set[int] = frozenset()
) -> float:
    """Seconds until all jobs are done, those `running` going first, then the longest chain of work.

    A job takes its threads, at most all cores. Snakemake chooses in another order, which makes
    little difference where there are many more jobs than cores.
    """
    needs = dependencies(jobs)
    followers: Mapping[int, list[int]] = {place: [] for place in range(len(jobs))}
    for place, makers in enumerate(needs):
        for maker in makers:
            followers[maker].append(place)
    ahead = _work_ahead(followers, seconds, needs)
    waiting = [len(makers) for makers in needs]
    ready = [
        (place not in running, -ahead[place], place)
        for place, count in enumerate(waiting)
        if not count
    ]
    heapq.heapify(ready)
    at_work: list[tuple[float, int]] = []
    now, free = 0.0, cores
    while ready or at_work:
        deferred = []
        while ready and free > 0:
            entry = heapq.heappop(ready)
            place = entry[-1]
            threads = min(jobs[place].threads, cores)
            if threads > free:
                deferred.append(entry)
                continue
            free -= threads
            heapq.heappush(at_work, (now + seconds[place], place))
        for entry in deferred:
            heapq.heappush(ready, entry)
        now, place = heapq.heappop(at_work)
        free += min(jobs[place].threads, cores)
        for follower in followers[place]:
            waiting[follower] -= 1
            if not waiting[follower]:
                heapq.heappush(ready, (True, -ahead[follower], follower))
    return now


def _work_ahead(
    followers: Mapping[int, list[int]], seconds: Sequence[float], needs: Sequence[set[int]]
) -> list[float]:
    """Seconds of the longest chain of work that starts with each job."""
    order, waiting = [], [len(makers) for makers in needs]
    free = [place for place, count in enumerate(waiting) if not count]
    while free:
        place = free.pop()
        order.append(place)
        for follower in followers[place]:
            waiting[follower] -= 1
            if not waiting[follower]:
                free.append(follower)
    ahead = list(seconds)
    for place in reversed(order):
        after = [ahead[follower] for follower in followers[place]]
        ahead[place] = seconds[place] + max(after, default=0.0)
    return ahead
