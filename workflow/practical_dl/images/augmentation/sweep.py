"""The augmentation sweep: each type alone at several levels, then together, on unseen groups.

Every level is scored on the training groups of the sample, each group (driver) by models that were
not trained on it (cross-validation by group), so the validation groups stay for the final test.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import VERSION, read_csv
from practical_dl.images.pictures.augmentation import NONE
from practical_dl.images.pictures.splits import folds
from practical_dl.images.sample.store import SamplePictures
from practical_dl.images.sample.trainings import (
    Runs,
    paired_rows,
    row_scores,
    seeds_of,
    settings_of,
)
from practical_dl.scoring.metrics import resampled_means, score

RULE = (
    "of each type the level with the largest gain in accuracy, if that is more than its standard "
    "error; then of the strengths that all these levels were multiplied by together, again the "
    "one with the largest gain; errors over drivers, each scored by models that were not trained "
    "on that driver"
)
TEXTS = ["type", "level"]
NUMBERS = [
    "log_loss",
    "accuracy",
    "gain",
    "standard_error",
    "ci_low",
    "ci_high",
    "log_loss_gain",
    "log_loss_low",
    "log_loss_high",
    "trainings",
    "chosen",
]


def cross_validation(
    sample: SamplePictures, count: int, seed: int
) -> list[dict[str, NDArray[np.int64]]]:
    """`count` pairs of `train` and `valid` positions; each training group is `valid` once.

    Raises:
        UserError: there are fewer groups than folds.
    """
    training = np.flatnonzero(sample.rows["grouped"] == "train")
    rows = sample.rows.iloc[training].reset_index(drop=True)
    names = [sample.classes[label] for label in rows["label"]]
    dealt = folds(rows.assign(label=names), count, seed)["fold"].to_numpy()
    return [
        {"train": training[dealt != fold], "valid": training[dealt == fold]}
        for fold in range(count)
    ]


def evidence_of(runs: Mapping[str, Runs], control: Runs, seed: int) -> pd.DataFrame:
    """One row per type and level of `runs`, with the column chosen: the level that RULE takes.

    The other columns are scores, and gains over `control` on the same rows, with intervals.
    `gain` is in accuracy, with its standard error over groups; `log_loss_gain` is the control's
    log loss minus the level's, so that more is better there too. Levels are chosen by accuracy:
    by log loss a model that has hardly learned anything beats one that is too sure of itself.
    """
    without = row_scores(control, NONE)
    rows = [
        _evidence(name, level, found, without, seed)
        for name, found in runs.items()
        for level in settings_of(found)
    ]
    return with_choice(pd.DataFrame(rows))[[*TEXTS, *NUMBERS]]


def _evidence(
    name: str, level: str, runs: Runs, without: pd.DataFrame, seed: int
) -> dict[str, Any]:
    rows = row_scores(runs, level)
    paired = paired_rows(rows, without)
    groups = paired["group"].to_numpy()
    right = paired["accuracy"].to_numpy()
    gain = score(right, groups, seed)
    log_loss = score(-paired["log_loss"].to_numpy(), groups, seed)
    return {
        "type": name,
        "level": level,
        "log_loss": rows["log_loss"].mean(),
        "accuracy": rows["accuracy"].mean(),
        "gain": gain.value,
        "standard_error": float(resampled_means(right, groups, seed).std()),
        "ci_low": gain.low,
        "ci_high": gain.high,
        "log_loss_gain": log_loss.value,
        "log_loss_low": log_loss.low,
        "log_loss_high": log_loss.high,
        "trainings": seeds_of(runs, level),
    }


def with_choice(evidence: pd.DataFrame) -> pd.DataFrame:
    """The same with the column chosen (0 or 1): the level of each type that RULE takes, if any."""
    best = evidence.groupby("type", sort=False)["gain"].idxmax()
    beats_control = evidence["gain"] > evidence["standard_error"]
    chosen = evidence.index.isin(best) & beats_control
    return evidence.assign(chosen=chosen.astype(int))


def read_evidence(path: str | Path) -> pd.DataFrame:
    """Read the table of levels."""
    return read_csv(path, [*TEXTS, *NUMBERS], dict.fromkeys(NUMBERS, float))


def best_looking(evidence: pd.DataFrame) -> tuple[str, str]:
    """Type and level of the largest gain, chosen or not."""
    row = evidence.iloc[int(evidence["gain"].to_numpy().argmax())]
    return row["type"], row["level"]


def levels_content(evidence: pd.DataFrame) -> dict[str, Any]:
    """The content of levels.yaml: the level chosen of each type alone, with its evidence."""
    chosen = evidence[evidence["chosen"] == 1]
    return {
        "version": VERSION,
        "amounts": {row["type"]: float(row["level"]) for _, row in chosen.iterrows()},
        "evidence": {row["type"]: _shown(row) for _, row in chosen.iterrows()},
    }


def best_content(levels: Mapping[str, float], together: pd.DataFrame) -> dict[str, Any]:
    """The content of best.yaml: `levels` times the strength chosen in `together`, or nothing."""
    chosen = together[together["chosen"] == 1]
    strengths = [float(row["level"]) for _, row in chosen.iterrows()]
    return {
        "version": VERSION,
        "amounts": at_strength(levels, strengths[0]) if strengths else {},
        "strength": strengths[0] if strengths else 0.0,
        "rule": RULE,
        "evidence": [_shown(row) for _, row in chosen.iterrows()],
    }


def settings_of_type(name: str, levels: Sequence[float]) -> dict[str, dict[str, float]]:
    """Amounts that the sweep of a type tries, by the name of the setting; none for NONE."""
    return {NONE: {}} if name == NONE else {str(level): {name: float(level)} for level in levels}


def at_strengths(
    levels: Mapping[str, float], strengths: Sequence[float]
) -> dict[str, dict[str, float]]:
    """All levels together at each of the `strengths`, by the name of the setting."""
    return {str(strength): at_strength(levels, strength) for strength in strengths}


def at_strength(levels: Mapping[str, float], strength: float) -> dict[str, float]:
    """Each level times `strength`, to six digits."""
    return {name: float(f"{strength * level:.6g}") for name, level in levels.items()}


def _shown(row: "pd.Series[Any]") -> dict[str, float]:
    keys = ["gain", "standard_error", "ci_low", "ci_high", "log_loss_gain"]
    return {key: round(float(row[key]), 6) for key in keys}
