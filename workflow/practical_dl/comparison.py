"""One table of all scores of all models."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

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
SHOWN_DIGITS = 4


def comparison(
    pipeline: str,
    dataset: str,
    reports: Sequence[Mapping[str, Any]],
    seconds: Sequence[float | None],
) -> pd.DataFrame:
    """One row a score of the metrics `reports`; `seconds` is what making each model took."""
    rows = [
        {
            "pipeline": pipeline,
            "dataset": dataset,
            "model": report["model"],
            "part": report["part"],
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


def as_html(table: pd.DataFrame) -> str:
    """The table as a page of its own, one section a pipeline and data set."""
    sections = [
        f"<h2>{pipeline}: {dataset}</h2>\n{_section(part)}"
        for (pipeline, dataset), part in table.groupby(["pipeline", "dataset"], sort=False)
    ]
    return _PAGE.format(body="\n".join(sections))


def _section(part: pd.DataFrame) -> str:
    shown = pd.DataFrame(
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
    return shown.to_html(index=False, border=0)


def _number(value: float) -> str:
    return f"{value:.{SHOWN_DIGITS}f}"


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Comparison of all models</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem; color: #1a1a1a; }}
h2 {{ font-size: 1.1rem; margin: 1.5rem 0 0.5rem; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; }}
th, td {{ padding: 0.3rem 0.8rem; text-align: left; border-bottom: 1px solid #ddd; }}
td:nth-child(n+4) {{ font-variant-numeric: tabular-nums; white-space: nowrap; }}
tr:hover td {{ background: #f4f6f8; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""
