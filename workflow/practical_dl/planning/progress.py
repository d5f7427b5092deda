"""How far a run is and how long it still takes: the plan's estimate, corrected by what has run."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from practical_dl.planning.jobs import Job
from practical_dl.planning.schedule import seconds_left

TRUSTED_SECONDS = 20.0
"""Seconds of finished jobs from which on their own pace counts more than the estimate."""


@dataclass
class Progress:
    """The jobs of a run, the seconds that each was expected to take, and what became of them."""

    jobs: Sequence[Job]
    seconds: Sequence[float]
    cores: int
    began: dict[int, float] = field(default_factory=dict)
    took: dict[int, float] = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._place = {job.log: place for place, job in enumerate(self.jobs)}

    def start(self, log: str, now: float) -> None:
        """A job has begun; one that is tried again begins anew."""
        if log in self._place:
            self.began[self._place[log]] = now
            self.failed.discard(self._place[log])

    def end(self, log: str, now: float) -> None:
        """A job has ended well."""
        place = self._place.get(log)
        if place is not None and place in self.began:
            self.took[place] = now - self.began[place]

    def fail(self, log: str) -> None:
        """A job has ended badly."""
        place = self._place.get(log)
        if place is not None and self.began.pop(place, None) is not None:
            self.failed.add(place)

    def running(self) -> list[int]:
        """The places of the jobs at work, the one that began last at the end."""
        return [place for place in self.began if place not in self.took]

    def pace(self, now: float) -> float:
        """How many times as long as expected jobs take, those that are late counted as they are."""
        expected = sum(self.seconds[place] for place in self.took)
        used = sum(self.took.values())
        for place in self.running():
            late = now - self.began[place]
            if late > self.seconds[place]:
                expected += self.seconds[place]
                used += late
        return (used + TRUSTED_SECONDS) / (expected + TRUSTED_SECONDS)

    def left(self, now: float) -> float:
        """Seconds until the end."""
        pace = self.pace(now)
        todo = [place for place in range(len(self.jobs)) if place not in self.took]
        rest = [self._rest(place, pace, now) for place in todo]
        started = {number for number, place in enumerate(todo) if place in self.began}
        return seconds_left([self.jobs[place] for place in todo], rest, self.cores, started)

    def _rest(self, place: int, pace: float, now: float) -> float:
        """Seconds that a job still takes; one that is late may well take half as long again."""
        expected = pace * self.seconds[place]
        if place not in self.began:
            return expected
        elapsed = now - self.began[place]
        return max(expected - elapsed, elapsed / 2 if elapsed > expected else 0.0)

    def done(self) -> str:
        """How many jobs are done, and how many have failed."""
        failed = f", {len(self.failed)} failed" if self.failed else ""
        return f"{len(self.took)} of {len(self.jobs)} jobs{failed}"

    def text(self, now: float) -> str:
        """The line: jobs done, time left, and the job at work that began last."""
        if len(self.took) == len(self.jobs):
            return self.done()
        line = f"{self.done()}, about {rounded(self.left(now))} left"
        running = self.running()
        return f"{line}, now: {plain(self.jobs[running[-1]])}" if running else line


def plain(job: Job) -> str:
    """A job's name for people, by its log: `fit lesson models of demo`."""
    *_, folder, file = ("", "", *job.log.removesuffix(".log").split("/"))
    words = file.replace("_", " ")
    return words if folder in ("logs", "") else f"{words} of {folder}"


def rounded(seconds: float) -> str:
    """A duration as exact as an estimate deserves."""
    if seconds < 10:
        return "10 s"
    if seconds < 90:
        return f"{round(seconds / 10) * 10} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
