"""The value of each row behind a score, taken from the predictions that reproduce the score."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv, sha256_of_rows
from practical_dl.files.predictions import KEYS, read_class_predictions, read_value_predictions
from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.about import about_near
from practical_dl.reviews.models.runs import (
    SEED_COLUMN,
    read_runs,
    row_errors,
    row_hits,
    row_losses,
)
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import hits, log_losses, score_difference

Values = NDArray[np.float64]
TOLERANCE = 1e-5


@dataclass(frozen=True)
class RowValues:
    """By metric the values (n,) whose mean is the score, or its square with `rmse`."""

    ids: NDArray[Any]
    groups: NDArray[Any]
    values: Mapping[str, Values]

    def score(self, metric: str) -> float:
        mean = float(self.values[metric].mean())
        return float(np.sqrt(mean)) if metric == "rmse" else mean


def _read_row_values(path: Path) -> RowValues | None:
    """Values of the rows of a file of predictions; None if it is not one, or damaged."""
    try:
        columns = list(read_csv(path, KEYS, others_allowed=True).columns)[len(KEYS) :]
        if columns and SEED_COLUMN.fullmatch(columns[0]):
            about = about_near(path)
            runs = read_runs(path, about.classes)
            values = {"log_loss": row_losses(runs), "accuracy": row_hits(runs)}
            if about.scale:
                values["mae"] = row_errors(runs, about.scale)
            return RowValues(runs.ids, runs.films, values)
        if columns == ["prediction"]:
            frame = read_value_predictions(path)
            errors = (frame["prediction"] - frame["true"]).to_numpy()
            values = {"rmse": errors**2, "mse": errors**2, "mae": np.abs(errors)}
            return RowValues(frame["id"].to_numpy(), frame["group"].to_numpy(), values)
        found = read_class_predictions(path)
        labels = found.labels()
        values = {
            "log_loss": log_losses(labels, found.probabilities),
            "accuracy": hits(labels, found.probabilities),
        }
        return RowValues(found.ids, found.groups, values)
    except UserError:
        return None


def rows_behind(metrics_path: Path, metrics: Mapping[str, Any]) -> RowValues | None:
    """The predictions in the folder of a metrics file that have its rows and give its scores."""
    for path in sorted(metrics_path.parent.glob("*.csv")):
        found = _read_row_values(path)
        if found is None or sha256_of_rows(list(found.ids)) != metrics.get("rows"):
            continue
        stated = {name: score for name, score in metrics["scores"].items() if name != "macro_f1"}
        if all(
            name in found.values
            and np.isclose(found.score(name), stated[name]["value"], rtol=TOLERANCE)
            for name in stated
        ):
            return found
    return None


def paired_change(old: RowValues, new: RowValues, metric: str, seed: int) -> Interval | None:
    """New score minus old one: see `metrics.score_difference`. None where the rows differ."""
    if list(old.ids) != list(new.ids) or list(old.groups) != list(new.groups):
        return None
    if metric not in old.values or metric not in new.values:
        return None
    transform = np.sqrt if metric == "rmse" else np.asarray
    return score_difference(new.values[metric], old.values[metric], old.groups, seed, transform)
