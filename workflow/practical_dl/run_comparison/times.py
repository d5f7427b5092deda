"""What the jobs of two runs took, rule by rule, from Snakemake's benchmark files."""

from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.artefacts import read_benchmark_seconds
from practical_dl.inspection.telling import counted

COLUMNS = ["job", "old", "new"]
BOTH, ONLY_OLD, ONLY_NEW = "in both", "only before", "only now"
NOT_AGAIN = "before and not again"
OTHERS = (NOT_AGAIN, ONLY_OLD, ONLY_NEW)


def job_seconds(folder: Path) -> dict[str, float]:
    """Seconds of each job that was measured, by the path of its benchmark file."""
    root = folder / "benchmarks"
    found = {
        path.relative_to(root).with_suffix("").as_posix(): read_benchmark_seconds(path)
        for path in sorted(root.rglob("*.tsv"))
    }
    return {job: seconds for job, seconds in found.items() if seconds is not None}


def compare_times(old: Path, new: Path) -> pd.DataFrame:
    """job, old and new seconds, and whether it ran in both; the largest differences first.

    Benchmark files of the same seconds, to their last digit, are of one run: that of a job which
    the later run left as it was, or has no more.
    """
    sides = job_seconds(old), job_seconds(new)
    jobs = sorted(sides[0].keys() | sides[1].keys())
    rows = [[job, sides[0].get(job), sides[1].get(job)] for job in jobs]
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"old": "float64", "new": "float64"})
    table["ran"] = np.select(
        [table["new"].isna(), table["old"].isna(), table["old"] == table["new"]],
        [ONLY_OLD, ONLY_NEW, NOT_AGAIN],
        BOTH,
    )
    difference = (table["new"].fillna(0) - table["old"].fillna(0)).abs()
    order = difference.sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def total_text(times: pd.DataFrame) -> str:
    """Both sums over the jobs that ran in both, and how many did not."""
    counts = times["ran"].value_counts()
    both = times[times["ran"] == BOTH]
    old, new = both["old"].sum(), both["new"].sum()
    text = "No job was measured twice."
    if old:
        text = (
            f"{counted(len(both), 'job')} that ran in both took {old:,.0f} s before and "
            f"{new:,.0f} s now ({100 * (new / old - 1):+.0f} %)."
        )
    others = [f"{counts[name]:,} ran {name}" for name in OTHERS if name in counts]
    return f"{text} {', '.join(others).capitalize()}." if others else text
