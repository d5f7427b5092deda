"""What the jobs of two runs took, rule by rule, from Snakemake's benchmark files."""

from pathlib import Path

import pandas as pd

from practical_dl.artefacts import read_benchmark_seconds

COLUMNS = ["job", "old", "new"]


def job_seconds(folder: Path) -> dict[str, float]:
    """Seconds of each job that was measured, by the path of its benchmark file."""
    root = folder / "benchmarks"
    found = {
        path.relative_to(root).with_suffix("").as_posix(): read_benchmark_seconds(path)
        for path in sorted(root.rglob("*.tsv"))
    }
    return {job: seconds for job, seconds in found.items() if seconds is not None}


def compare_times(old: Path, new: Path) -> pd.DataFrame:
    """job, old and new seconds; the largest differences first."""
    sides = job_seconds(old), job_seconds(new)
    jobs = sorted(sides[0].keys() | sides[1].keys())
    table = pd.DataFrame(
        [[job, sides[0].get(job), sides[1].get(job)] for job in jobs], columns=COLUMNS
    ).astype({"old": "float64", "new": "float64"})
    difference = (table["new"].fillna(0) - table["old"].fillna(0)).abs()
    order = difference.sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def total_text(times: pd.DataFrame) -> str:
    """Both sums over the jobs that both runs measured."""
    both = times.dropna()
    if both.empty:
        return "No job was measured in both."
    old, new = both["old"].sum(), both["new"].sum()
    return (
        f"The {len(both):,} jobs measured in both took {old:,.0f} s before and {new:,.0f} s now "
        f"({100 * (new / old - 1):+.0f} %)."
    )
