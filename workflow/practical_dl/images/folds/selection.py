"""The selected head, and its scores on drivers that this choice has not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.networks.grid import AXES, Point, matched_pairs, point_of_name
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import Values, hits, log_losses, paired_difference, score

Rows = NDArray[np.int64]

GAIN_COLUMNS = ["axis", "lower", "higher", "pairs", "gain", "ci_low", "ci_high"]


@dataclass(frozen=True)
class Heads:
    """Points of the grid by their names, each with its predictions of the same rows.

    out_of_fold, first_seed, clean, test: one for each point, see `folds.folded`.
    """

    names: Sequence[str]
    out_of_fold: Sequence[ClassPredictions]
    first_seed: Sequence[ClassPredictions]
    clean: Sequence[ClassPredictions]
    test: Sequence[ClassPredictions]


@dataclass(frozen=True)
class Selection:
    """The selected head: its name, that chosen without each fold, its predictions.

    Predictions of a fold are of the head that is best on the other folds; those of the test of the
    head that is best on all.
    """

    selected: str
    without_fold: Mapping[str, str]
    out_of_fold: Values
    first_seed: Values
    test: ClassPredictions


def select(heads: Heads, fold: Rows) -> Selection:
    """The best head by log loss; heads that trained on a share of the rows are not eligible."""
    losses = row_losses(heads.out_of_fold)
    points = [point_of_name(name) for name in heads.names]
    eligible = [index for index, point in enumerate(points) if point.share == 1]
    chosen = np.asarray(eligible)[nested_choice(losses[eligible], fold)]
    final = eligible[int(losses[eligible].mean(axis=1).argmin())]
    without = {int(number): heads.names[chosen[fold == number][0]] for number in np.unique(fold)}
    return Selection(
        heads.names[final],
        {str(number): name for number, name in without.items()},
        rows_of_choice(heads.out_of_fold, chosen),
        rows_of_choice(heads.first_seed, chosen),
        heads.test[final],
    )


def score_heads(heads: Heads, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores of all points, and what each step along an axis of the grid gives."""
    points = [point_of_name(name) for name in heads.names]
    first = heads.out_of_fold[0]
    losses, clean = row_losses(heads.out_of_fold), row_losses(heads.clean)
    right = np.stack([hits(first.labels(), head.probabilities) for head in heads.out_of_fold])
    gains = [
        pair_gains(heads.names, points, losses, first.groups, seed),
        _passes_gain(points, clean, losses, first.groups, seed),
    ]
    scores = _point_scores(heads.names, points, losses, right, first.groups, seed)
    return scores, pd.concat(gains)


def row_losses(members: Sequence[ClassPredictions]) -> Values:
    """Log loss of each row by each model: (models, n)."""
    labels = members[0].labels()
    return np.stack([log_losses(labels, member.probabilities) for member in members])


def rows_of_choice(members: Sequence[ClassPredictions], chosen: Rows) -> Values:
    """Probabilities (n, classes) of each row by the model (index) that was `chosen` for it."""
    stacked = np.stack([member.probabilities for member in members])
    found: Values = stacked[chosen, np.arange(len(chosen))]
    return found


def nested_choice(losses: Values, fold: Rows) -> Rows:
    """The model (index) with the lowest mean loss on all other folds, for each row: (n,).

    `losses` (models, n): log loss of each row by each model.
    """
    chosen = np.empty(len(fold), np.int64)
    for number in np.unique(fold):
        chosen[fold == number] = losses[:, fold != number].mean(axis=1).argmin()
    return chosen


def pair_gains(
    names: Sequence[str],
    points: Sequence[Point],
    losses: Values,
    groups: NDArray[Any],
    seed: int,
) -> pd.DataFrame:
    """The gain of each step along an axis of the grid, all else equal, with intervals over groups.

    In the order of the axes. Columns axis, lower, higher, pairs, gain (log loss at `lower` minus
    that at `higher`, the mean over all pairs of points that differ in nothing else), ci_low,
    ci_high.
    """
    position = {name: index for index, name in enumerate(names)}
    rows = []
    pairs = matched_pairs(names, points)
    for (axis, lower, higher), same in pairs.groupby(["axis", "lower", "higher"], sort=False):
        before = losses[[position[name] for name in same["low_name"]]].mean(axis=0)
        after = losses[[position[name] for name in same["high_name"]]].mean(axis=0)
        gain = paired_difference(before, after, groups, seed)
        step = {"axis": axis, "lower": lower, "higher": higher, "pairs": len(same)}
        rows.append({**step, "gain": gain.value, **_ends(gain)})
    found = pd.DataFrame(rows, columns=GAIN_COLUMNS)
    by_axis = found.sort_values("axis", key=lambda axes: axes.map(AXES.index), kind="stable")
    return by_axis.reset_index(drop=True)


def _passes_gain(
    points: Sequence[Point], clean: Values, averaged: Values, groups: NDArray[Any], seed: int
) -> pd.DataFrame:
    """The gain of predicting the augmented passes too, for heads on augmented features.

    `clean` and `averaged` (models, n) are the log losses without and with the passes; a row as
    those of `pair_gains`, or none where no head is on augmented features.
    """
    on_passes = [index for index, point in enumerate(points) if point.features == "augmented"]
    if not on_passes:
        return pd.DataFrame(columns=GAIN_COLUMNS)
    before, after = clean[on_passes].mean(axis=0), averaged[on_passes].mean(axis=0)
    gain = paired_difference(before, after, groups, seed)
    row = {
        "axis": "pictures asked",
        "lower": "clean",
        "higher": "clean and augmented",
        "pairs": len(on_passes),
    }
    return pd.DataFrame([{**row, "gain": gain.value, **_ends(gain)}], columns=GAIN_COLUMNS)


def _point_scores(
    names: Sequence[str],
    points: Sequence[Point],
    losses: Values,
    right: Values,
    groups: NDArray[Any],
    seed: int,
) -> pd.DataFrame:
    """One row a point: its axes, log loss with its interval, accuracy; best first."""
    rows = []
    for name, point, loss, hit in zip(names, points, losses, right, strict=True):
        scored = score(loss, groups, seed)
        row = {"name": name, **vars(point), "log_loss": scored.value, **_ends(scored)}
        rows.append({**row, "accuracy": float(hit.mean())})
    return pd.DataFrame(rows).sort_values("log_loss", ignore_index=True, kind="stable")


def read_scores(path: str) -> pd.DataFrame:
    """Read the table of `_point_scores`."""
    texts = ["name", *AXES]
    numbers = ["log_loss", "ci_low", "ci_high", "accuracy", "dropout", "halves", "share"]
    return read_csv(path, [*texts, *numbers[:4]], dict.fromkeys(numbers, float))


def read_gains(path: str) -> pd.DataFrame:
    """Read the table of `pair_gains`."""
    return read_csv(path, GAIN_COLUMNS, {"pairs": int, **dict.fromkeys(GAIN_COLUMNS[4:], float)})


def _ends(scored: Interval) -> dict[str, float]:
    return {"ci_low": scored.low, "ci_high": scored.high}
