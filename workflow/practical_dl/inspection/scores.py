"""metrics.json and comparison.csv in words, and whether they hold together."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from practical_dl.files.artefacts import read_csv, read_json, sha256_of_rows
from practical_dl.inspection.telling import Telling, counted, named, score_text
from practical_dl.job.errors import UserError
from practical_dl.overview.comparison import COLUMNS

KEYS = ("model", "part", "n", "scores")

ROUNDING = 1e-9
"""Equal rows have an interval of one point, which a mean misses by what addition rounds."""


def tell_metrics(path: Path) -> Telling:
    """The scores of one model.

    Raises:
        UserError: not JSON, of another version, or without scores.
    """
    content = read_json(path, KEYS)
    told = Telling("metrics: the scores of one model")
    told.facts = {
        "model": str(content["model"]),
        "scored on": f"{content['part']}, {content['n']:,} rows",
    }
    try:
        told.facts["scores"] = score_text(content["scores"])
        faults = [fault for name, one in content["scores"].items() for fault in _faults(name, one)]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError(f"{path}: scores need value, ci_low and ci_high each") from None
    told.wrong += faults
    told.facts["interval"] = str(content.get("interval", "unknown"))
    told.facts["seed"] = str(content.get("seed", "unknown"))
    if "unreliable" in told.facts["interval"]:
        told.notes.append("the interval is unreliable: too few groups")
    collapse = content.get("collapse")
    if isinstance(collapse, Mapping) and collapse.get("collapsed"):
        told.notes.append("the model collapsed: one class for nearly every row, with confidence")
    _check_rows(path, content, told)
    return told


def _faults(name: str, score: Mapping[str, float]) -> list[str]:
    value, low, high = (float(score[key]) for key in ("value", "ci_low", "ci_high"))
    if not all(map(math.isfinite, (value, low, high))):
        return [f"{name}: not a finite number"]
    if not low - ROUNDING <= value <= high + ROUNDING:
        return [f"{name}: {value:g} lies outside its interval, {low:g} to {high:g}"]
    return []


def _check_rows(path: Path, content: Mapping[str, Any], told: Telling) -> None:
    """Whether the predictions beside are those that were scored."""
    predictions = path.with_name("predictions.csv")
    if path.name != "metrics.json" or not predictions.is_file() or "rows" not in content:
        return
    try:
        ids = read_csv(predictions, ["id"], others_allowed=True)["id"]
    except UserError as error:
        told.notes.append(f"the rows scored were not checked: {error}")
        return
    if sha256_of_rows(list(ids)) == content["rows"]:
        told.facts["rows scored"] = "those of predictions.csv beside it"
    else:
        told.wrong.append("was computed on other rows than those of predictions.csv beside it")


def tell_comparison(path: Path) -> Telling:
    """The table of all scores.

    Raises:
        UserError: columns or numbers are not those of the contract.
    """
    numbers = ("value", "ci_low", "ci_high")
    table = read_csv(path, COLUMNS, dict.fromkeys(numbers, "float64"))
    sets = table["pipeline"] + ": " + table["dataset"]
    told = Telling("comparison: all scores of all models")
    told.facts = {
        "scores": f"{len(table):,} of {counted(table['model'].nunique(), 'model')}",
        "data sets": named(sets.unique()),
        "seconds": f"{pd.to_numeric(table['seconds']).max():,.0f} s for the slowest fit",
    }
    outside = ~table["value"].between(table["ci_low"], table["ci_high"])
    if outside.any():
        first = table[outside].iloc[0]
        told.wrong.append(
            f"{int(outside.sum())} scores lie outside their interval or are missing: "
            f"{first['metric']} of {first['model']}"
        )
    repeated = table.duplicated(["pipeline", "dataset", "model", "part", "metric"])
    if repeated.any():
        told.wrong.append(f"a score stands there twice: {table[repeated].iloc[0]['model']}")
    return told
