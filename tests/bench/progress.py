"""How true the line of a run's progress is: a finished run is played again, by its jobs' logs.

    python -m tests.bench.progress FOLDER [EARLIER...]

prints what the line said at a quarter, half and three quarters of the run in FOLDER, had it known
the runs in EARLIER. Call it in the workflow's folder.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from practical_dl.planning.dry_run import jobs_to_run
from practical_dl.planning.history import LOGS
from practical_dl.planning.planning import estimates_of
from practical_dl.planning.progress import Progress
from practical_dl.planning.schedule import BETWEEN_SECONDS
from practical_dl.planning.sizes import merged_config

CORES = 2
QUARTERS = (0.0, 0.25, 0.5, 0.75)


def main(folder: Path, earlier: list[Path]) -> None:
    jobs = [job for job in jobs_to_run([], ["all"], CORES, True) if (folder / job.log).is_file()]
    estimates = estimates_of(jobs, merged_config([]), earlier)
    times = {job.log: began_and_ended(folder / job.log) for job in jobs}
    start = min(began for began, _ in times.values())
    whole = max(ended for _, ended in times.values()) - start
    print(f"{len(jobs)} jobs of {folder / LOGS} in {whole.total_seconds():.0f} s")
    for share in QUARTERS:
        progress = Progress(jobs, [one.seconds + BETWEEN_SECONDS for one in estimates], CORES)
        now = start + share * whole
        for log, (began, ended) in times.items():
            if began <= now:
                progress.start(log, began.timestamp())
            if ended <= now:
                progress.end(log, ended.timestamp())
        told, left = progress.left(now.timestamp()), ((1 - share) * whole).total_seconds()
        print(
            f"at {share:4.0%}: said {told:6.0f} s left, was {left:6.0f} s ({told / left - 1:+.0%})"
        )


def began_and_ended(log: Path) -> tuple[datetime, datetime]:
    """When a job's log was begun and ended; it tells times of a day."""
    lines = log.read_text(errors="replace").splitlines()
    began, ended = (datetime.strptime(line[:8], "%H:%M:%S") for line in (lines[0], lines[-1]))
    return began, ended + timedelta(days=ended < began)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
