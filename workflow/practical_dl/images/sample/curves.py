"""Learning curves: the gain of a network from scratch from more of one thing, all else equal.

The training pictures of a point are a prefix of one random order, so that more pictures or groups
hold the fewer ones. Fewer pictures are passed more often: every point of a curve takes as many
steps, but on the curve over the budget itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.sample.trainings import (
    Runs,
    differences_of_rows,
    paired_rows,
    row_scores,
    scores_of_rows,
    settings_of,
)
from practical_dl.training.schedules import FixedSchedule

Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Point:
    """The training data of one point: positions, epochs and rates, factor of reduction."""

    train: Positions
    schedule: FixedSchedule
    shrink: int


def point(
    axis: str,
    value: float,
    training: Positions,
    groups: NDArray[Any],
    base: int,
    schedule: FixedSchedule,
    shrink: int,
    seed: int,
) -> Point:
    """The point at `value` of an axis; the other three stay at their base.

    `training` are the positions of all training pictures, `groups` their groups, `base` the
    number of pictures at one multiple. There are never more pictures than there are.
    """
    rng = np.random.default_rng(seed)
    names = rng.permutation(pd.unique(groups))
    order = rng.permutation(len(training))
    match axis:
        case "pictures":
            rows = order[: max(1, round(value * base))]
            return Point(np.sort(training[rows]), passed(schedule, base / len(rows)), shrink)
        case "groups":
            kept = names[: max(1, round(value * len(names)))]
            rows = order[np.isin(groups[order], kept)][:base]
            return Point(np.sort(training[rows]), passed(schedule, base / len(rows)), shrink)
        case "budget":
            return Point(np.sort(training[order[:base]]), passed(schedule, value), shrink)
        case _:
            return Point(np.sort(training[order[:base]]), schedule, int(value))


def passed(schedule: FixedSchedule, times: float) -> list[list[float]]:
    """`schedule` with its epochs multiplied by `times`, at least one of each."""
    return [[max(1, round(epochs * times)), rate] for epochs, rate in schedule]


def curve_table(axis: str, runs: Runs, seed: int) -> pd.DataFrame:
    """One row per point: axis, value, accuracy and log loss with intervals, and its step.

    `step` is the gain in accuracy over the point before, with its interval, missing at the first;
    `lowest` and `highest` are the accuracies of single seeds.
    """
    table: list[dict[str, Any]] = []
    before: pd.DataFrame | None = None
    for setting in settings_of(runs):
        rows = row_scores(runs, setting)
        scores = scores_of_rows(rows, seed)
        step = {} if before is None else differences_of_rows(paired_rows(rows, before), seed)
        by_seed = seed_accuracies(runs, setting)
        table.append(
            {
                "axis": axis,
                "value": float(setting),
                **scores["accuracy"].columns("accuracy"),
                **scores["log_loss"].columns("log_loss"),
                **(step["accuracy"].columns("step") if step else {}),
                "lowest": min(by_seed),
                "highest": max(by_seed),
            }
        )
        before = rows
    return pd.DataFrame(table)


def seed_accuracies(runs: Runs, setting: str) -> Sequence[float]:
    """Accuracy of each training of a setting."""
    chosen = (runs.rows["setting"] == setting).to_numpy()
    right = runs.probabilities[chosen].argmax(axis=1) == runs.labels[chosen]
    return list(pd.Series(right).groupby(runs.rows.loc[chosen, "seed"].to_numpy()).mean())
