"""The scores of two results folders side by side, paired where the rows are the same."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from practical_dl.files.artefacts import read_csv, read_json
from practical_dl.job.errors import UserError
from practical_dl.overview.comparison import COLUMNS, HIGHER_IS_BETTER
from practical_dl.run_comparison.row_values import paired_change, rows_behind
from practical_dl.scoring.interval import Interval

KEYS = ["pipeline", "dataset", "model", "part", "metric"]
SAME, BETTER, WORSE, NOISE = "the same", "better", "worse", "within the noise"
UNPAIRED, ADDED, GONE = "other rows: not comparable", "new", "gone"
UNKNOWN_ROWS = "not paired: its rows are gone or damaged"
NO_MEAN = "not paired: no mean over rows"
NUMBERS = ["value", "ci_low", "ci_high", "seconds"]

Key = tuple[str, ...]


def read_scores(folder: Path) -> pd.DataFrame:
    """All scores of a results folder: its comparison.csv, or those of its data sets.

    Raises:
        UserError: there is none, or one is damaged.
    """
    top = folder / "comparison.csv"
    paths = [top] if top.is_file() else sorted(folder.glob("*/*/comparison.csv"))
    if not paths:
        raise UserError(f"{folder}: no comparison.csv in it; run the workflow first")
    kinds = dict.fromkeys([*NUMBERS[:3], "n"], "float64")
    try:
        tables = [read_csv(path, COLUMNS, kinds) for path in paths]
    except UserError as error:
        raise UserError(f"{error}; delete it and run again") from error
    table = pd.concat(tables, ignore_index=True)
    return table.assign(seconds=pd.to_numeric(table["seconds"]))


def _metrics_files(folder: Path) -> dict[Key, tuple[Path, dict[str, Any]]]:
    """The metrics files of a results folder by pipeline, data set, model and part."""
    found: dict[Key, tuple[Path, dict[str, Any]]] = {}
    for path in sorted(folder.glob("*/*/**/*.json")):
        try:
            content = read_json(path, ("model", "part", "scores", "rows"))
        except UserError:
            continue
        pipeline, dataset = path.relative_to(folder).parts[:2]
        found[(pipeline, dataset, str(content["model"]), str(content["part"]))] = (path, content)
    return found


def compare_scores(old: Path, new: Path, seed: int = 42) -> pd.DataFrame:
    """One row per score of either folder.

    Returns:
        pipeline, dataset, model, part, metric; old and new value and seconds; change with
        change_low and change_high where paired; verdict.

    Raises:
        UserError: see `read_scores`.
    """
    tables = [read_scores(folder).drop_duplicates(KEYS) for folder in (old, new)]
    both = tables[0].merge(tables[1], on=KEYS, how="outer", suffixes=("_old", "_new"), sort=False)
    both = both.sort_values(["pipeline", "dataset"], kind="stable", ignore_index=True)
    files = [_metrics_files(folder) for folder in (old, new)]
    changes = _Changes(files[0], files[1], seed)
    judged = [changes.judge(row) for _, row in both.iterrows()]
    columns = [f"{name}_{side}" for name in ("value", "seconds") for side in ("old", "new")]
    return pd.concat([both[[*KEYS, *columns]], pd.DataFrame(judged)], axis=1)


class _Changes:
    """Changes of scores; the rows of a model are read once for all of its metrics."""

    def __init__(
        self,
        old: Mapping[Key, tuple[Path, dict[str, Any]]],
        new: Mapping[Key, tuple[Path, dict[str, Any]]],
        seed: int,
    ) -> None:
        self._sides = (old, new)
        self._seed = seed
        self._read: dict[Key, Any] = {}

    def judge(self, row: "pd.Series[Any]") -> dict[str, Any]:
        value_old, value_new = row["value_old"], row["value_new"]
        if pd.isna(value_old) or pd.isna(value_new):
            return {"change": None, "verdict": ADDED if pd.isna(value_old) else GONE}
        change = value_new - value_old
        key = tuple(row[KEYS[:4]])
        old, new = (side.get(key) for side in self._sides)
        if old and new and old[1]["rows"] != new[1]["rows"]:
            return {"change": change, "verdict": UNPAIRED}
        paired = self._paired(key, row["metric"]) if old and new else None
        if paired is None:
            unknown = NO_MEAN if row["metric"] == "macro_f1" else UNKNOWN_ROWS
            return {"change": change, "verdict": unknown if change else SAME}
        return {
            **paired.columns("change"),
            "verdict": verdict(paired, row["metric"]),
        }

    def _paired(self, key: Key, metric: str) -> Interval | None:
        if key not in self._read:
            self._read[key] = [rows_behind(*side[key]) for side in self._sides]
        old, new = self._read[key]
        return paired_change(old, new, metric, self._seed) if old and new else None


def verdict(change: Interval, metric: str) -> str:
    """Verdict on a paired change: better or worse only if its interval excludes zero."""
    if change.is_nothing:
        return SAME
    if change.is_noise:
        return NOISE
    return BETTER if (change.value > 0) == (metric in HIGHER_IS_BETTER) else WORSE
