"""Times of the jobs of two runs, rule by rule, from Snakemake's benchmark files."""

from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.inspection.origin import measured_in
from practical_dl.job.errors import counted

SIDES = ["old", "new"]
PROCESSOR = ["old_processor", "new_processor"]
BOTH, ONLY_OLD, ONLY_NEW = "in both", "only before", "only now"
NOT_AGAIN = "before and not again"
OTHERS = (NOT_AGAIN, ONLY_OLD, ONLY_NEW)
MUCH = 10
"""Percent of difference in wall time from which its cause is worth a sentence."""


def _job_seconds(folder: Path) -> pd.DataFrame:
    """Seconds on the wall (s) and of processor (cpu_time) by job: its benchmark file's path."""
    root = folder / "benchmarks"
    found = {
        path.relative_to(root).with_suffix("").as_posix(): measured_in(path)
        for path in sorted(root.rglob("*.tsv"))
    }
    table = pd.DataFrame.from_dict(found, orient="index", columns=["s", "cpu_time"], dtype=float)
    return table.dropna(subset="s")


def compare_times(old: Path, new: Path) -> pd.DataFrame:
    """job, old and new seconds on the wall and of processor, and whether it ran in both.

    The largest differences come first.

    Benchmark files with the same seconds, to the last digit, are of one run: the later run did not
    repeat the job.
    """
    sides = [_job_seconds(folder) for folder in (old, new)]
    table = pd.concat(sides, axis=1).sort_index().rename_axis("job")
    table.columns = [SIDES[0], PROCESSOR[0], SIDES[1], PROCESSOR[1]]
    table = table[SIDES + PROCESSOR].reset_index()
    table["ran"] = np.select(
        [table["new"].isna(), table["old"].isna(), table["old"] == table["new"]],
        [ONLY_OLD, ONLY_NEW, NOT_AGAIN],
        BOTH,
    )
    difference = (table["new"].fillna(0) - table["old"].fillna(0)).abs()
    order = difference.sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def total_text(times: pd.DataFrame) -> str:
    """Sums over the jobs that ran in both, and how many did not."""
    counts = times["ran"].value_counts()
    both = times[times["ran"] == BOTH]
    old, new = both[SIDES].sum()
    if len(times) and (times["ran"] == NOT_AGAIN).all():
        return f"No job ran again: all {len(times):,} have the same times in both."
    text = "No job was timed twice."
    if old:
        text = (
            f"{counted(len(both), 'timed job')} that ran in both took {old:,.0f} s before and "
            f"{new:,.0f} s now ({_percent(old, new):+.0f} %).{_cause(both)}"
        )
    others = [f"{counts[name]:,} ran {name}" for name in OTHERS if name in counts]
    return f"{text} {', '.join(others).capitalize()}." if others else text


def _cause(both: pd.DataFrame) -> str:
    """Whether the jobs worked or waited longer, if their times differ much."""
    change = _percent(*both[SIDES].sum())
    old, new = both[PROCESSOR].sum()
    if abs(change) < MUCH or not old:
        return ""
    of_processor = _percent(old, new)
    waited = abs(of_processor) < abs(change) / 2
    reason = "so the difference is mostly waiting for other work" if waited else "too"
    return (
        f" Processor time went from {old:,.0f} to {new:,.0f} s ({of_processor:+.0f} %), {reason}."
    )


def _percent(old: float, new: float) -> float:
    return 100 * (new / old - 1)
