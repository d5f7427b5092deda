"""Scores of every setting and round of pseudo-labels against the control, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import softmax

from practical_dl.files.artefacts import read_csv
from practical_dl.images.ensemble.chain import log_probabilities
from practical_dl.images.ensemble.tuning import best_temperature
from practical_dl.images.folds.folded import FoldPredictions
from practical_dl.images.pseudo_labels.choice import agreement, changed_share, chosen_rows
from practical_dl.images.pseudo_labels.material import (
    HELD_OUT,
    PARTS,
    POOL,
    POOLS,
    TEST,
    TRAIN,
    UNTOUCHED,
)
from practical_dl.images.pseudo_labels.rounds import START, Round
from practical_dl.images.pseudo_labels.setting import Setting
from practical_dl.scoring.metrics import Values, hits, log_losses, score

PARTS_OF_POOL = {
    "none": [POOL, UNTOUCHED, HELD_OUT],
    "valid": [POOL, UNTOUCHED],
    "test": [HELD_OUT],
    "both": [POOL, UNTOUCHED],
}
"""Parts that a setting is scored on: two where one half of the drivers was in the pool."""
CALIBRATED = "calibrated_log_loss"
METRICS_OF_A_ROUND = ("log_loss", "accuracy")
METRICS = (*METRICS_OF_A_ROUND, CALIBRATED)
"""The last is asked of the last round: log loss at a temperature tuned on the other folds, so that
a gain is not that of being less sure of everything."""
SIGNS = {"log_loss": -1, "accuracy": 1, CALIBRATED: -1}
TEXTS = ["setting", "part", "metric"]
COUNTS = ["round", "seeds", "seeds_better", "n", "groups"]
NUMBERS = ["value", "ci_low", "ci_high", "gain", "gain_low", "gain_high"]
PROGRESS = ["setting", "round", "chosen", "changed", "agreement", "valid_right", "test_right"]


@dataclass(frozen=True)
class Fold:
    """One fold: the role and the true class (-1 unknown) of the pictures that do not train.

    place: (n,) where each stands among all pictures; rounds: from the start to the last.
    """

    place: NDArray[np.int64]
    role: NDArray[Any]
    true: NDArray[np.int64]
    group: NDArray[Any]
    rounds: Sequence[Round]


def fold_of(
    roles: pd.DataFrame, label: NDArray[np.int64], group: NDArray[Any], rounds: Sequence[Round]
) -> Fold:
    """The fold of a table of `roles`; `label`, `group` (all,) are in its order."""
    place = np.flatnonzero((roles["role"] != TRAIN).to_numpy())
    role = roles["role"].to_numpy(dtype=object)
    return Fold(place, role[place], label[place], group[place], rounds)


def score_table(folds: Sequence[Fold], settings: Sequence[Setting], seed: int) -> pd.DataFrame:
    """One row per round, setting, part and metric; columns TEXTS, COUNTS and NUMBERS.

    A row's value is its mean over the seeds, and `gain` what the setting does better than the
    control after as many rounds: paired, positive where it helps, with intervals over groups.
    `seeds_better` counts the seeds on which the mean gain has that sign.
    """
    rows = []
    role = np.concatenate([fold.role[fold.role != TEST] for fold in folds])
    group = np.concatenate([fold.group[fold.role != TEST] for fold in folds])
    for number in range(len(folds[0].rounds)):
        asked = settings if number else [Setting(START, "none")]
        metrics = METRICS if number == len(folds[0].rounds) - 1 else METRICS_OF_A_ROUND
        scored = {one.name: _row_scores(folds, number, one.name, metrics) for one in asked}
        control = scored[asked[0].name]
        for setting in asked:
            for part in PARTS_OF_POOL[setting.pool]:
                kept = np.isin(role, PARTS[part])
                for metric in metrics:
                    values = scored[setting.name][metric][:, kept]
                    better = (values - control[metric][:, kept]) * SIGNS[metric]
                    keys = {"setting": setting.name, "part": part, "metric": metric}
                    found = _compared(values, better, group[kept], seed)
                    rows.append({**keys, "round": number, **found})
    return pd.DataFrame(rows, columns=[*TEXTS, *COUNTS, *NUMBERS])


def _compared(values: Values, gains: Values, groups: NDArray[Any], seed: int) -> dict[str, float]:
    """Scores of `values` and `gains`, both (seeds, n)."""
    scored, gain = (score(rows.mean(axis=0), groups, seed) for rows in (values, gains))
    return {
        **scored.columns(),
        **gain.columns("gain"),
        "seeds": len(values),
        "seeds_better": int((gains.mean(axis=1) * np.sign(gain.value) > 0).sum()),
        "n": values.shape[1],
        "groups": len(pd.unique(groups)),
    }


def _row_scores(
    folds: Sequence[Fold], number: int, setting: str, metrics: Sequence[str]
) -> dict[str, Values]:
    """Each metric of the labelled rows that do not train, fold after fold: (seeds, n)."""
    true = [fold.true[fold.role != TEST] for fold in folds]
    predicted = [
        fold.rounds[number].predicted[fold.rounds[number].of(setting)][:, fold.role != TEST]
        for fold in folds
    ]
    seeds = range(len(predicted[0]))
    by_seed = [[part[seed].astype(np.float64) for part in predicted] for seed in seeds]
    labels = np.concatenate(true)
    found: dict[str, Values] = {}
    for metric in metrics:
        rows = []
        for parts in by_seed:
            shown = calibrated(parts, true) if metric == CALIBRATED else parts
            row_score = hits if metric == "accuracy" else log_losses
            rows.append(row_score(labels, np.concatenate(shown)))
        found[metric] = np.stack(rows)
    return found


def calibrated(predicted: Sequence[Values], true: Sequence[NDArray[np.int64]]) -> list[Values]:
    """Each fold's probabilities (n, classes) at the temperature that is best on the other folds."""
    logs = [log_probabilities(part) for part in predicted]
    found = []
    for fold in range(len(logs)):
        others = [number for number in range(len(logs)) if number != fold]
        of_others, labels = ([parts[n] for n in others] for parts in (logs, true))
        temperature = best_temperature(np.concatenate(of_others), np.concatenate(labels))
        found.append(softmax(logs[fold] / temperature, axis=1))
    return found


def progress_table(folds: Sequence[Fold], settings: Sequence[Setting]) -> pd.DataFrame:
    """One row per round and setting with a pool: means over the pool's pictures and the seeds.

    `chosen`: share of the pool that was trained on in the round. `valid_right`, `test_right`: share
    of these pseudo-labels that are right, on labelled and on test pictures (NaN where there are
    none, the truth is not known, or they were shuffled). `changed`, `agreement`: of the
    predictions after the round with those before it.
    """
    rows = []
    for number in range(1, len(folds[0].rounds)):
        for setting in settings:
            if setting.pool != "none":
                values = [
                    _progress(fold, setting, number, turn)
                    for fold in folds
                    for turn in range(fold.rounds[0].predicted.shape[1])
                ]
                means = pd.DataFrame(values).mean().to_dict()
                rows.append({"setting": setting.name, "round": number, **means})
    return pd.DataFrame(rows, columns=PROGRESS)


def _progress(fold: Fold, setting: Setting, number: int, turn: int) -> dict[str, float]:
    in_pool = np.isin(fold.role, POOLS[setting.pool])
    before, after = (
        left.predicted[left.of(setting.name), turn][in_pool]
        for left in (fold.rounds[number - 1], fold.rounds[number])
    )
    chosen = chosen_rows(before, setting.threshold, setting.balanced)
    role, true = fold.role[in_pool][chosen], fold.true[in_pool][chosen]
    right = before[chosen].argmax(axis=1) == true
    known = (true >= 0) & (not setting.shuffled)
    return {
        "chosen": len(chosen) / max(1, len(before)),
        "changed": changed_share(before, after),
        "agreement": agreement(before, after),
        "valid_right": _mean(right[known & (role != TEST)]),
        "test_right": _mean(right[known & (role == TEST)]),
    }


def _mean(values: NDArray[Any]) -> float:
    return float(values.mean()) if len(values) else float("nan")


def read_scores(path: str) -> pd.DataFrame:
    """Read the table of `score_table`."""
    types = {**dict.fromkeys(COUNTS, "int64"), **dict.fromkeys(NUMBERS, "float64")}
    return read_csv(path, [*TEXTS, *COUNTS, *NUMBERS], types)


def read_progress(path: str) -> pd.DataFrame:
    """Read the table of `progress_table`."""
    table = read_csv(path, PROGRESS, {"round": "int64"})
    return table.replace("", "nan").astype(dict.fromkeys(PROGRESS[2:], float))


def as_model(folds: Sequence[Fold], setting: str, labelled: int, tests: int) -> FoldPredictions:
    """A setting's predictions after the last round, of so many labelled and test pictures."""
    out, test = joined(folds, setting, labelled + tests, labelled)
    return FoldPredictions(out, out, test)


def joined(
    folds: Sequence[Fold], setting: str, count: int, labelled: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Predictions after the last round: out of fold (seeds, labelled, classes), and of the test.

    The first `labelled` of all `count` pictures are labelled. Test predictions (seeds, m, classes)
    are means over the folds' models.
    """
    last = [fold.rounds[-1] for fold in folds]
    predicted = [left.predicted[left.of(setting)].astype(np.float64) for left in last]
    seeds, _, classes = predicted[0].shape
    out = np.zeros((seeds, count, classes))
    for fold, values in zip(folds, predicted, strict=True):
        tested = fold.place >= labelled
        out[:, fold.place] += np.where(tested[None, :, None], values / len(folds), values)
    return out[:, :labelled], out[:, labelled:]


def labels_of_all(
    manifest_labels: Mapping[str, int], ids: Sequence[str], truth: Mapping[str, int]
) -> NDArray[np.int64]:
    """The true class of each of `ids`, -1 where neither table knows it."""
    known = {**manifest_labels, **truth}
    return np.array([known.get(image_id, -1) for image_id in ids], np.int64)
