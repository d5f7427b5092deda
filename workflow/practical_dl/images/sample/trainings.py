"""Predictions of many trainings of one experiment in one table, and their scores.

Columns of the file: setting, seed, then those of predictions.csv (id, group, true, a column a
class). Settings and seeds are compared on the same rows; the score of a row is its mean over the
seeds, so that intervals over groups count every picture once.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.files.predictions import class_frame, classes_of_columns
from practical_dl.images.sample.store import SamplePictures
from practical_dl.job.errors import UserError
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import hits, log_losses, report, score, share_score
from practical_dl.training.collapse import collapse_check
from practical_dl.training.fit import best_epoch

KEYS = ["setting", "seed", "id", "group", "true"]
METRICS = ("log_loss", "accuracy")


@dataclass(frozen=True)
class Runs:
    """The rows of all trainings, with their probabilities (n, classes) and labels (n,)."""

    rows: pd.DataFrame
    classes: tuple[str, ...]
    probabilities: NDArray[np.float64]
    labels: NDArray[np.int64]


def run_frame(
    setting: object,
    seed: int,
    sample: SamplePictures,
    positions: NDArray[np.int64],
    probabilities: NDArray[Any],
) -> pd.DataFrame:
    """The rows that one training adds to the table."""
    rows = sample.rows.iloc[positions]
    ids, groups = list(rows["image_id"]), list(rows["group"])
    true = [sample.classes[label] for label in rows["label"]]
    frame = class_frame(ids, groups, true, sample.classes, probabilities)
    frame.insert(0, "seed", seed)
    frame.insert(0, "setting", str(setting))
    return frame


def read_runs(path: str | Path) -> Runs:
    """Read such a table.

    Raises:
        UserError: columns or numbers are not those of the contract, a training has a row twice,
            or a row's true class is not one of the columns.
    """
    frame = read_csv(path, KEYS, {"seed": "int64"}, others_allowed=True)
    if frame.duplicated(["setting", "seed", "id"]).any():
        raise UserError(f"{path}: a training predicts a row twice; delete it and run again")
    columns = list(frame.columns[len(KEYS) :])
    classes = classes_of_columns(columns)
    labels = pd.Categorical(frame["true"], categories=list(classes)).codes.astype(np.int64)
    try:
        probabilities = frame[columns].astype(np.float64).to_numpy()
    except ValueError as error:
        raise UserError(f"{path}: not a number ({error}); delete it and run again") from error
    if (labels < 0).any() or not np.isfinite(probabilities).all():
        raise UserError(f"{path}: an unknown class or a missing number; delete it and run again")
    return Runs(frame[KEYS], classes, probabilities, labels)


def settings_of(runs: Runs) -> list[str]:
    """The settings in the order of their first row."""
    return list(pd.unique(runs.rows["setting"]))


def row_scores(runs: Runs, setting: str) -> pd.DataFrame:
    """id, group, log_loss and accuracy (mean hits) of each row, as means over the seeds."""
    chosen = (runs.rows["setting"] == setting).to_numpy()
    values = runs.rows.loc[chosen, ["id", "group"]].assign(
        log_loss=log_losses(runs.labels[chosen], runs.probabilities[chosen]),
        accuracy=hits(runs.labels[chosen], runs.probabilities[chosen]),
    )
    return values.groupby(["id", "group"], sort=True, as_index=False).mean()


def paired_rows(scores: pd.DataFrame, control: pd.DataFrame) -> pd.DataFrame:
    """id, group and, a metric, the row's score minus the control's.

    Raises:
        UserError: the two were not scored on the same rows.
    """
    if not scores["id"].equals(control["id"]):
        raise UserError("two settings were not scored on the same rows; delete them and run again")
    differences = {metric: scores[metric] - control[metric] for metric in METRICS}
    return scores[["id", "group"]].assign(**differences)


def scores_of_rows(rows: pd.DataFrame, seed: int) -> dict[str, Interval]:
    """Mean of each metric over `rows` (of `row_scores`), with its interval."""
    groups = rows["group"].to_numpy()
    return {
        "log_loss": score(rows["log_loss"].to_numpy(), groups, seed),
        "accuracy": share_score(rows["accuracy"].to_numpy(), groups, seed),
    }


def differences_of_rows(rows: pd.DataFrame, seed: int) -> dict[str, Interval]:
    """Mean difference of each metric over `rows` (of `paired_rows`), with its interval."""
    groups = rows["group"].to_numpy()
    return {metric: score(rows[metric].to_numpy(), groups, seed) for metric in METRICS}


def setting_report(runs: Runs, setting: str, model: str, part: str, seed: int) -> dict[str, Any]:
    """The content of a metrics.json for one setting, with the check for collapse."""
    rows = row_scores(runs, setting)
    chosen = (runs.rows["setting"] == setting).to_numpy()
    scores = scores_of_rows(rows, seed)
    content = report(model, part, rows["id"].to_numpy(), rows["group"].to_numpy(), scores, seed)
    check = collapse_check(runs.probabilities[chosen], runs.labels[chosen])
    return {**content, "seeds": seeds_of(runs, setting), "collapse": check}


def seeds_of(runs: Runs, setting: str) -> int:
    """How many trainings of different seeds a setting has."""
    return int(runs.rows.loc[runs.rows["setting"] == setting, "seed"].nunique())


def kept_epochs(history: pd.DataFrame) -> dict[str, str]:
    """Of each setting the epoch whose weights were kept, of several seeds the first and last."""
    found: dict[str, list[int]] = {}
    for (setting, _), rows in history.groupby(["setting", "seed"], sort=False):
        found.setdefault(str(setting), []).append(best_epoch(rows))
    return {
        setting: f"{min(epochs)}" + (f" to {max(epochs)}" if min(epochs) < max(epochs) else "")
        for setting, epochs in found.items()
    }


def read_setting_history(path: str | Path) -> pd.DataFrame:
    """Read the histories of all trainings: those of `training.fit`, with setting and seed."""
    history = read_csv(path, ["epoch", "learning_rate"], others_allowed=True)
    if not {"setting", "seed"} <= set(history.columns):
        raise UserError(f"{path}: lacks setting or seed; delete it and run again")
    numbers = history.columns.drop("setting")
    return history.astype(dict.fromkeys(numbers, float)).astype({"epoch": int, "seed": int})
