"""What each step of the way from one linear model to the whole chain gives."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.artefacts import read_csv
from practical_dl.metrics import Values, hits, log_losses, paired_difference, score

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
]


def ablation(
    stages: Sequence[tuple[str, Values]],
    without: Mapping[str, Values],
    labels: NDArray[np.int64],
    groups: NDArray[object],
    seed: int,
) -> pd.DataFrame:
    """One row a stage: its scores, what it gains over the stage before, and what it is worth last.

    Args:
        stages: names and probabilities (n, classes), each stage on top of the one before.
        without: probabilities of the whole without one step, by the step's name; `without` in
            the table is their log loss minus the whole's.

    Returns:
        Columns TEXTS and NUMBERS; gains are positive where the step helps.
    """
    losses = {name: log_losses(labels, predicted) for name, predicted in stages}
    right = {name: hits(labels, predicted) for name, predicted in stages}
    whole = losses[stages[-1][0]]
    rows = []
    before = stages[0][0]
    for name, _ in stages:
        scored = score(losses[name], groups, seed)
        gain = paired_difference(losses[before], losses[name], groups, seed)
        row = {"step": name, "log_loss": scored["value"], **_named("ci", scored)}
        row |= {"accuracy": right[name].mean(), "gain": gain["value"], **_named("gain", gain)}
        row["accuracy_gain"] = right[name].mean() - right[before].mean()
        if name in without:
            lost = paired_difference(log_losses(labels, without[name]), whole, groups, seed)
            row |= {"without": lost["value"], **_named("without", lost)}
        rows.append(row)
        before = name
    return pd.DataFrame(rows, columns=TEXTS + NUMBERS)


def read_ablation(path: str) -> pd.DataFrame:
    """Read the table; `without` is NaN where a stage is not a step that can be left out."""
    table = read_csv(path, [*TEXTS, *NUMBERS])
    return table.replace("", "nan").astype(dict.fromkeys(NUMBERS, float))


def _named(name: str, scored: Mapping[str, float]) -> dict[str, float]:
    return {f"{name}_low": scored["ci_low"], f"{name}_high": scored["ci_high"]}
