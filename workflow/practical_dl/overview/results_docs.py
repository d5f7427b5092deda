"""docs/results.md from tables: `python -m practical_dl.overview.results_docs COMMIT TABLE...`."""

import sys

import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.overview.comparison import COLUMNS
from practical_dl.overview.references import KEYS, read_references

HEADER = """# Results on real data

Made by `python -m practical_dl.overview.results_docs COMMIT results/comparison.csv` after runs of
`snakemake TARGET --cores 2 --configfile config/real.yaml tests/workflow/real_local.yaml`.
Intervals are 95 %, resampled over drivers, users or films; seconds are those of the job that
fitted the model, on 2 cores. The last two columns quote others on the data that they name, from
`workflow/report/references.csv`: a guide, not a contest, where the data differ.

`statefarm` is a stand-in for the competition: its training photos at 80x60 pixels of 20 drivers.
`statefarm_vgg16` shows that the lesson's own network and shape run; its weights are random. `pets`
and `pets_vgg16` are 300 dogs and cats, of which 75 are scored. Seconds were taken while other work
ran beside, so they are upper bounds.
"""


def page(comparison: pd.DataFrame, references: pd.DataFrame, commit: str) -> str:
    """The page as Markdown: one table per data set, with the scores of others."""
    joined = comparison.merge(references, on=KEYS, how="left").fillna("")
    sections = [HEADER]
    for (pipeline, dataset), part in joined.groupby(["pipeline", "dataset"], sort=False):
        sections.append(f"## {pipeline}: {dataset} (target `{pipeline}`, commit {commit})\n")
        sections.append(
            "| model | scored on | score | value | 95 % interval | rows | s | original | others |"
        )
        sections.append("| --- " * 9 + "|")
        sections += [_row(row) for _, row in part.iterrows()]
        sections.append("")
    return "\n".join(sections) + "\n"


def _row(row: "pd.Series[str]") -> str:
    value, low, high = (f"{float(row[key]):.4f}" for key in ("value", "ci_low", "ci_high"))
    seconds = f"{float(row['seconds']):.0f}" if row["seconds"] else ""
    cells = [
        row["model"], row["part"], row["metric"], value, f"{low} to {high}",
        f"{int(row['n']):,}", seconds, row["original"], row["peer"],
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    tables = [read_csv(path, COLUMNS) for path in sys.argv[2:]]
    print(page(pd.concat(tables, ignore_index=True), read_references(), sys.argv[1]), end="")
