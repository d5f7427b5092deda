"""What pseudo-labels gave: scores of every setting and round against the control, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.artefacts import read_csv
from practical_dl.images.pseudo_choice import Setting, agreement, changed_share, chosen_rows
from practical_dl.images.pseudo_material import POOL, POOLS, TEST, TRAIN, UNTOUCHED
from practical_dl.images.pseudo_rounds import START, Round
from practical_dl.metrics import Values, hits, log_losses, score

HELD_OUT = "held_out"
PARTS = {POOL: [POOL], UNTOUCHED: [UNTOUCHED], HELD_OUT: [POOL, UNTOUCHED]}
"""Parts of the held-out pictures by the roles of their groups."""
PARTS_OF_POOL = {
    "none": [POOL, UNTOUCHED, HELD_OUT],
    "valid": [POOL, UNTOUCHED],
    "test": [HELD_OUT],
    "both": [POOL, UNTOUCHED],
}
"""What a setting is scored on: apart where one half of the drivers was in the pool."""
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
    """One row a round, setting, part and metric; columns TEXTS, COUNTS and NUMBERS.

    A row's value is its mean over the seeds, and `gain` what the setting does better than the
    control after as many rounds: paired, positive where it helps, with intervals over groups.
    `seeds_better` counts the seeds on which the mean gain has that sign.
    """
    last = len(folds[0].rounds)
    rows = []
    for number in range(last):
        asked = settings if number else [Setting(START, "none")]
        control = settings[0] if number else asked[0]
        for setting in asked:
            for part in PARTS_OF_POOL[setting.pool]:
                groups = _of_part(folds, part)[0]
                for metric, sign in (("log_loss", -1), ("accuracy", 1)):
                    values = _row_values(folds, number, setting.name, part, metric)
                    against = _row_values(folds, number, control.name, part, metric)
                    rows.append(
                        {
                            "setting": setting.name,
                            "part": part,
                            "metric": metric,
                            "round": number,
                            **_compared(values, sign * (values - against), groups, seed),
                        }
                    )
    return pd.DataFrame(rows, columns=[*TEXTS, *COUNTS, *NUMBERS])


def _compared(values: Values, gains: Values, groups: NDArray[Any], seed: int) -> dict[str, float]:
    """Scores of `values` and `gains`, both (seeds, n)."""
    scored, gain = (score(rows.mean(axis=0), groups, seed) for rows in (values, gains))
    return {
        **scored,
        "gain": gain["value"],
        "gain_low": gain["ci_low"],
        "gain_high": gain["ci_high"],
        "seeds": len(values),
        "seeds_better": int((gains.mean(axis=1) * np.sign(gain["value"]) > 0).sum()),
        "n": values.shape[1],
        "groups": len(pd.unique(groups)),
    }


def _of_part(folds: Sequence[Fold], part: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Groups and places of the rows of a part, fold after fold."""
    chosen = [np.isin(fold.role, PARTS[part]) for fold in folds]
    groups = [fold.group[rows] for fold, rows in zip(folds, chosen, strict=True)]
    places = [fold.place[rows] for fold, rows in zip(folds, chosen, strict=True)]
    return np.concatenate(groups), np.concatenate(places)


def _row_values(folds: Sequence[Fold], number: int, setting: str, part: str, metric: str) -> Values:
    """The metric of each row of a part by each seed: (seeds, n)."""
    row_score = {"log_loss": log_losses, "accuracy": hits}[metric]
    parts = []
    for fold in folds:
        rows = np.isin(fold.role, PARTS[part])
        left = fold.rounds[number]
        predicted = left.predicted[left.of(setting)][:, rows].astype(np.float64)
        parts.append(np.stack([row_score(fold.true[rows], one) for one in predicted]))
    return np.concatenate(parts, axis=1)


def progress_table(folds: Sequence[Fold], settings: Sequence[Setting]) -> pd.DataFrame:
    """One row a round and setting with a pool: means over the pool's pictures and the seeds.

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
