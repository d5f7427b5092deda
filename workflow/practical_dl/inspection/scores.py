"""metrics.json and comparison.csv in words, and whether they are consistent."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from practical_dl.files.artefacts import read_csv, read_json, sha256_of_rows
from practical_dl.inspection.description import Description, score_text
from practical_dl.job.errors import UserError, counted, named
from practical_dl.overview.comparison import COLUMNS

KEYS = ("model", "part", "n", "scores")

ROUNDING = 1e-9
"""Tolerance: equal rows have an interval of one point, which rounding can make a mean miss."""


def describe_metrics(path: Path) -> Description:
    """The scores of one model.

    Raises:
        UserError: not JSON, of another version, or without scores.
    """
    content = read_json(path, KEYS)
    described = Description("metrics: the scores of one model")
    described.facts = {
        "model": str(content["model"]),
        "scored on": f"{content['part']}, {content['n']:,} rows",
    }
    try:
        described.facts["scores"] = score_text(content["scores"])
        faults = [fault for name, one in content["scores"].items() for fault in _faults(name, one)]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError(f"{path}: scores need value, ci_low and ci_high each") from None
    described.wrong += faults
    described.facts["interval"] = str(content.get("interval", "unknown"))
    described.facts["seed"] = str(content.get("seed", "unknown"))
    if "unreliable" in described.facts["interval"]:
        described.notes.append("the interval is unreliable: too few groups")
    collapse = content.get("collapse")
    if isinstance(collapse, Mapping) and collapse.get("collapsed"):
        described.notes.append("the model collapsed: one class for nearly all rows, confidently")
    _check_rows(path, content, described)
    return described


def _faults(name: str, score: Mapping[str, float]) -> list[str]:
    value, low, high = (float(score[key]) for key in ("value", "ci_low", "ci_high"))
    if not all(map(math.isfinite, (value, low, high))):
        return [f"{name}: not a finite number"]
    if not low - ROUNDING <= value <= high + ROUNDING:
        return [f"{name}: {value:g} is outside its interval, {low:g} to {high:g}"]
    return []


def _check_rows(path: Path, content: Mapping[str, Any], described: Description) -> None:
    """Check that the predictions in the same folder are those that were scored."""
    predictions = path.with_name("predictions.csv")
    if path.name != "metrics.json" or not predictions.is_file() or "rows" not in content:
        return
    try:
        ids = read_csv(predictions, ["id"], others_allowed=True)["id"]
    except UserError as error:
        described.notes.append(f"the rows scored were not checked: {error}")
        return
    if sha256_of_rows(list(ids)) == content["rows"]:
        described.facts["rows scored"] = "those of predictions.csv in its folder"
    else:
        described.wrong.append("was computed on other rows than predictions.csv in its folder has")


def describe_comparison(path: Path) -> Description:
    """The table of all scores.

    Raises:
        UserError: columns or numbers are not those of the contract.
    """
    numbers = ("value", "ci_low", "ci_high")
    table = read_csv(path, COLUMNS, dict.fromkeys(numbers, "float64"))
    sets = table["pipeline"] + ": " + table["dataset"]
    described = Description("comparison: all scores of all models")
    described.facts = {
        "scores": f"{len(table):,} of {counted(table['model'].nunique(), 'model')}",
        "data sets": named(sets.unique()),
        "seconds": f"{pd.to_numeric(table['seconds']).max():,.0f} s for the slowest fit",
    }
    outside = ~table["value"].between(table["ci_low"], table["ci_high"])
    if outside.any():
        first = table[outside].iloc[0]
        described.wrong.append(
            f"{int(outside.sum())} scores are outside their interval or missing: "
            f"{first['metric']} of {first['model']}"
        )
    repeated = table.duplicated(["pipeline", "dataset", "model", "part", "metric"])
    if repeated.any():
        described.wrong.append(f"duplicate score: {table[repeated].iloc[0]['model']}")
    return described
