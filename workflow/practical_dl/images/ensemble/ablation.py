"""The gain of each step on the way from one linear model to the whole chain."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.images.ensemble.members import Ensemble, in_row_order
from practical_dl.images.ensemble.tuning import Choices, cross_fitted
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import Values, hits, log_losses, paired_difference, score

TEXTS = ["step"]
NUMBERS = [
    "log_loss",
    "ci_low",
    "ci_high",
    "accuracy",
    "gain",
    "gain_low",
    "gain_high",
    "accuracy_gain",
    "without",
    "without_low",
    "without_high",
    "left_out",
]


def measured_ablation(
    ensemble: Ensemble,
    singles: Mapping[str, Values],
    choices: Choices,
    seed: int,
) -> pd.DataFrame:
    """The table of `ablation`: each step tuned on other folds than those that it is scored on.

    singles: probabilities (n, classes) of the models before the ensemble, in order.
    """

    def predicted_with(steps: Sequence[str]) -> Values:
        by_fold = cross_fitted(ensemble.parts, ensemble.labels, choices.only(steps))
        return in_row_order(by_fold, ensemble.fold)

    steps = choices.steps()
    stages = [
        *singles.items(),
        ("ensemble", predicted_with([])),
        *((step, predicted_with(steps[: number + 1])) for number, step in enumerate(steps)),
    ]
    without = {step: predicted_with([other for other in steps if other != step]) for step in steps}
    left_out = {
        step: predicted_with([*steps, step]) for step in choices.measured() if step not in steps
    }
    first = ensemble.first
    return ablation(stages, without, left_out, first.labels(), first.groups, seed)


def ablation(
    stages: Sequence[tuple[str, Values]],
    without: Mapping[str, Values],
    left_out: Mapping[str, Values],
    labels: NDArray[np.int64],
    groups: NDArray[Any],
    seed: int,
) -> pd.DataFrame:
    """One row per stage: its scores, its gain over the stage before, and its worth as the last.

    Args:
        stages: names and probabilities (n, classes), each stage on top of the one before.
        without: probabilities of the whole without one step, by the step's name; `without` in
            the table is their log loss minus the whole's.
        left_out: probabilities of the whole with one more step that the whole leaves out; rows of
            their own at the end, whose gain is over the whole.

    Returns:
        Columns TEXTS and NUMBERS; gains are positive where the step helps.
    """
    rows = []
    before = whole = stages[-1][1]
    for name, predicted in [*stages, *left_out.items()]:
        row = _row(name, predicted, whole if name in left_out else before, labels, groups, seed)
        if name in without:
            lost = _gain(without[name], whole, labels, groups, seed)
            row |= {"without": lost.value, **_named("without", lost)}
        rows.append(row)
        before = predicted
    rows[0] |= dict.fromkeys(["gain", "gain_low", "gain_high", "accuracy_gain"], 0.0)
    table = pd.DataFrame(rows, columns=[*TEXTS, *NUMBERS[:-1]])
    table["left_out"] = [int(name in left_out) for name in table["step"]]
    return table


def _row(
    name: str,
    predicted: Values,
    before: Values,
    labels: NDArray[np.int64],
    groups: NDArray[Any],
    seed: int,
) -> dict[str, Any]:
    scored = score(log_losses(labels, predicted), groups, seed)
    gain = _gain(before, predicted, labels, groups, seed)
    right = hits(labels, predicted).mean()
    return {
        "step": name,
        "log_loss": scored.value,
        **_named("ci", scored),
        "accuracy": right,
        "gain": gain.value,
        **_named("gain", gain),
        "accuracy_gain": right - hits(labels, before).mean(),
    }


def _gain(
    before: Values, after: Values, labels: NDArray[np.int64], groups: NDArray[Any], seed: int
) -> Interval:
    losses = log_losses(labels, before), log_losses(labels, after)
    return paired_difference(*losses, groups, seed)


def read_ablation(path: str) -> pd.DataFrame:
    """Read the table; `without` is NaN where a stage is not a step that can be left out."""
    table = read_csv(path, [*TEXTS, *NUMBERS])
    return table.replace("", "nan").astype(dict.fromkeys(NUMBERS, float))


def _named(name: str, scored: Interval) -> dict[str, float]:
    return {f"{name}_low": scored.low, f"{name}_high": scored.high}
