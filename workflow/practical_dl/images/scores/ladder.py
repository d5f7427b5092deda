"""The ladder of scores: each rung against its control, on the pictures that both predicted."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.plan.rungs import Rung
from practical_dl.images.sample.trainings import (
    METRICS,
    differences_of_rows,
    read_runs,
    row_scores,
    scores_of_rows,
)
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import hits, log_losses

RANKS = ((0.149, 1), (0.20, 5), (0.26, 10), (0.348, 16), (1.2, 50))
"""Log loss on the private board of the competition, and the top share in percent that it reached.

The first four lie on a line through places 10, 182 and 233 of 1,440 (0.149, 0.289, 0.348); the
last is the lesson's own word.
"""


def scored_rows(path: str, setting: str | None) -> pd.DataFrame:
    """id, group, log_loss and accuracy of each row; of runs.csv the means over its seeds.

    Raises:
        UserError: the file is unreadable or not what its contract says.
    """
    if setting is not None:
        return row_scores(read_runs(path), setting)
    predicted = read_class_predictions(path)
    labels = predicted.labels()
    rows = pd.DataFrame(
        {
            "id": predicted.ids,
            "group": predicted.groups,
            "log_loss": log_losses(labels, predicted.probabilities),
            "accuracy": hits(labels, predicted.probabilities),
        }
    )
    return rows.sort_values("id", ignore_index=True)


def _common_difference(rows: pd.DataFrame, control: pd.DataFrame) -> pd.DataFrame:
    """id, group and, a metric, the score minus the control's, of the pictures that both have."""
    both = rows.merge(control, on="id", suffixes=("", "_of_control"))
    return both[["id", "group"]].assign(
        **{metric: both[metric] - both[f"{metric}_of_control"] for metric in METRICS}
    )


def ladder_table(rungs: Sequence[Rung], seed: int) -> pd.DataFrame:
    """One row per rung, in order.

    Columns: title, n, groups, control, shared (pictures that control and rung both predicted; 0
    without a control); accuracy and log_loss, each with _low and _high, their gain_ over the
    control (missing without one) likewise, the control_ scores on those pictures, and
    original_accuracy, original_log_loss.
    """
    return pd.DataFrame([_row(rung, seed) for rung in rungs])


def _row(rung: Rung, seed: int) -> dict[str, object]:
    rows = scored_rows(rung.path, rung.setting)
    found: dict[str, object] = {
        "title": rung.title,
        "n": len(rows),
        "groups": rows["group"].nunique(),
        "control": rung.control or "",
        "shared": 0,
        **_named("", scores_of_rows(rows, seed)),
    }
    if rung.control_path is not None:
        control = scored_rows(rung.control_path, rung.control_setting)
        differences = _common_difference(rows, control)
        found["shared"] = len(differences)
        found |= _named("gain_", differences_of_rows(differences, seed))
        shared = control[control["id"].isin(rows["id"])]
        means = {metric: float(shared[metric].mean()) for metric in METRICS}
    else:
        found |= _named("gain_", dict.fromkeys(METRICS, Interval.unknown()))
        means = dict.fromkeys(METRICS, np.nan)
    found |= {f"control_{metric}": means[metric] for metric in METRICS}
    accuracy, loss = rung.original or (np.nan, np.nan)
    return {**found, "original_accuracy": accuracy, "original_log_loss": loss}


def _named(prefix: str, scores: Mapping[str, Interval]) -> dict[str, float]:
    named = [scores[metric].columns(f"{prefix}{metric}") for metric in METRICS]
    return {name: value for columns in named for name, value in columns.items()}


def rank_guide(log_loss: float) -> str:
    """The top share of the competition's board that had such a log loss."""
    for bound, percent in RANKS:
        if log_loss <= bound:
            return f"top {percent} %"
    return "lower half"
