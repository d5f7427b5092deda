"""One table of all scores of all models."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from practical_dl.files.artefacts import read_benchmark_seconds, read_csv
from practical_dl.report import page as pages
from practical_dl.scoring.metrics import NOT_GROUPED

COLUMNS = [
    "pipeline",
    "dataset",
    "model",
    "part",
    "metric",
    "value",
    "ci_low",
    "ci_high",
    "n",
    "seed",
    "seconds",
]
NUMBERS = ["value", "ci_low", "ci_high", "n", "seconds"]
HIGHER_IS_BETTER = ("accuracy", "macro_f1", "closed_rightly")
SHOWN_DIGITS = 4


def read_comparisons(paths: Iterable[str | Path]) -> pd.DataFrame:
    """The rows of all comparison.csv of `paths`, with numbers as such; no rows without a path."""
    empty = pd.DataFrame(columns=COLUMNS)
    tables = [read_csv(path, COLUMNS) for path in paths]
    table = pd.concat(tables or [empty], ignore_index=True)
    table[NUMBERS] = table[NUMBERS].apply(pd.to_numeric)
    return table


def read_seconds(result: str | Path, benchmarks: Sequence[str | None]) -> list[float | None]:
    """Seconds of the jobs with these benchmark files; None where there is none.

    Args:
        result: a file results/PIPELINE/DATASET/NAME; with a module's prefix the benchmarks lie
            below it too.
    """
    root = Path(result).parents[3]
    return [read_benchmark_seconds(path and root / path) for path in benchmarks]


def comparison(
    pipeline: str,
    dataset: str,
    reports: Sequence[Mapping[str, Any]],
    seconds: Sequence[float | None],
) -> pd.DataFrame:
    """One row per score of the metrics `reports`; `seconds` are those of each model's training."""
    rows = [
        {
            "pipeline": pipeline,
            "dataset": dataset,
            "model": report["model"],
            "part": _part(report),
            "metric": metric,
            **score,
            "n": report["n"],
            "seed": report["seed"],
            "seconds": taken,
        }
        for report, taken in zip(reports, seconds, strict=True)
        for metric, score in report["scores"].items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _part(report: Mapping[str, Any]) -> str:
    """The scored rows; without groups, near duplicates may have been trained on."""
    part = str(report["part"])
    if not report["interval"].endswith(NOT_GROUPED):
        return part
    return f"{part.replace(' (grouped split)', '')}, {NOT_GROUPED}"


def as_html(table: pd.DataFrame) -> str:
    """The table as a page of its own, one section per pipeline and data set."""
    blocks: list[str] = []
    for (pipeline, dataset), part in table.groupby(["pipeline", "dataset"], sort=False):
        blocks += [pages.heading(f"{pipeline}: {dataset}"), pages.table(_shown(part))]
    finding = f"{len(table)} scores of {table['model'].nunique()} models, with 95 % intervals."
    return pages.page("Comparison of all models", finding, blocks)


def _shown(part: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Model": part["model"],
            "Scored on": part["part"],
            "Score": part["metric"].str.replace("_", " "),
            "Value": part["value"].map(_number),
            "95 % interval": [
                f"{_number(low)} to {_number(high)}"
                for low, high in zip(part["ci_low"], part["ci_high"], strict=True)
            ],
            "Rows": part["n"].map("{:,}".format),
            "Seconds": part["seconds"].map(lambda taken: "" if pd.isna(taken) else f"{taken:.0f}"),
        }
    )


def _number(value: float) -> str:
    return f"{value:.{SHOWN_DIGITS}f}"
