"""Follows a run of Snakemake by its own log records, and shows how far it is.

Nothing here may harm a run: whatever goes wrong ends the showing, without a word.
"""

import logging
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from practical_dl.planning.displays import display_on
from practical_dl.planning.jobs import jobs_of
from practical_dl.planning.progress import Progress
from practical_dl.planning.schedule import BETWEEN_SECONDS
from practical_dl.planning.state import REFRESH_SECONDS, State, write_state

SNAKEMAKE = "snakemake.logging"
"""The name of Snakemake's logger."""
REDRAWN_SECONDS = 1.0
HALFWAY = 0.5
"""Beside other work a run is at first taken to be between its share of the cores and alone."""


def follow(workflow: Any) -> "Follower":
    """Show the progress of a run of Snakemake's `workflow` from its start to its end."""
    follower = Follower(workflow)
    logging.getLogger(SNAKEMAKE).addHandler(follower)
    return follower


class Follower(logging.Handler):
    """Hears of the run's start, of its jobs and of its end."""

    def __init__(self, workflow: Any) -> None:
        super().__init__()
        self._workflow = workflow
        self._progress: Progress | None = None
        self._logs: dict[int, str] = {}
        self._guard = threading.Lock()
        self._over = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(Exception), self._guard:
            self._hear(str(getattr(record, "event", "")), record)

    def forget(self) -> None:
        """The run does not take place: nothing is shown or written."""
        with self._guard:
            self._progress = None

    def close(self) -> None:
        """The run has ended; Snakemake closes its handlers."""
        self._over.set()
        with suppress(Exception), self._guard:
            if self._progress is not None:
                self._tell(ended=True)
                self._display.close()
            self._progress = None
        super().close()

    def _hear(self, event: str, record: Any) -> None:
        kind = event.rpartition(".")[2].lower()
        if kind == "run_info" and self._progress is None and not self._workflow.dryrun:
            self._begin()
        elif self._progress is None:
            return
        elif kind == "job_info" and record.log:
            self._logs[record.jobid] = record.log[0]
            self._progress.start(record.log[0], time.time())
        elif kind == "job_finished" and record.job_id in self._logs:
            self._progress.end(self._logs[record.job_id], time.time())
        elif kind == "job_error" and record.jobid in self._logs:
            self._progress.fail(self._logs[record.jobid])

    def _begin(self) -> None:
        from practical_dl.planning.planning import estimates_of, slowdown

        jobs = jobs_of(self._workflow.dag)
        cores = cores_of(self._workflow, max((job.threads for job in jobs), default=1))
        slower = slowdown(cores) ** HALFWAY if self._workflow.local_exec else 1.0
        seconds = [
            slower * one.seconds + BETWEEN_SECONDS
            for one in estimates_of(jobs, self._workflow.config, [Path()])
        ]
        self._progress = Progress(jobs, seconds, cores)
        self._display = display_on(sys.stderr)
        self._shown = not {"all", "progress"} & {
            str(one.name).lower() for one in self._workflow.output_settings.quiet or ()
        }
        threading.Thread(target=self._refresh, daemon=True).start()

    def _refresh(self) -> None:
        """Redraw the line every second, and write the file every few."""
        told = 0.0
        with suppress(Exception):
            while not self._over.wait(REDRAWN_SECONDS):
                with self._guard:
                    if self._progress is None:
                        return
                    if time.monotonic() - told >= REFRESH_SECONDS:
                        self._tell(ended=False)
                        told = time.monotonic()
                    if self._shown:
                        share = len(self._progress.took) / max(len(self._progress.jobs), 1)
                        self._display.show(self._progress.text(time.time()), share)

    def _tell(self, ended: bool) -> None:
        progress, now = self._progress, time.time()
        assert progress is not None
        done, failed, jobs = len(progress.took), len(progress.failed), len(progress.jobs)
        line = progress.done() if ended else progress.text(now)
        state = State(line, done, failed, jobs, progress.left(now), ended, now)
        write_state(Path(), state)


def cores_of(workflow: Any, threads: int) -> int:
    """Cores that a run may use; on a cluster, those of as many of its largest jobs as may run."""
    if workflow.local_exec:
        return int(workflow._cores or 1)
    return int(workflow.nodes or 1) * threads
