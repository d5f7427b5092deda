"""The format of all predictions: id, group, true value if known, then the predicted values.

A column of probabilities has the name of its class. A class that is called as another column of
such a table gets the word `class` before it (`class true`), so that no header names a column twice.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.job.errors import UserError

KEYS = ("id", "group", "true")
_KEY_LIKE = re.compile(
    r"(class )*(id|group|true|prediction|setting|seed|seed_\d+|image_id|photo|predicted|confidence)"
)


@dataclass(frozen=True)
class ClassPredictions:
    """Probabilities (n, classes) of the rows `ids`; `true` is '' where it is not known.

    Rows without a group are groups of their own, by their id.
    """

    ids: NDArray[Any]
    groups: NDArray[Any]
    true: NDArray[Any]
    classes: tuple[str, ...]
    probabilities: NDArray[np.float64]

    def labels(self) -> NDArray[np.int64]:
        """Indices of the true classes.

        Raises:
            UserError: a row's true class is not known or not one of the columns.
        """
        codes = pd.Categorical(self.true, categories=list(self.classes)).codes
        if (codes < 0).any():
            row = int(np.flatnonzero(codes < 0)[0])
            raise UserError(f"predictions: {self.ids[row]}: true class {self.true[row]!r} unknown")
        return codes.astype(np.int64)


def class_columns(classes: Iterable[str]) -> list[str]:
    """The columns of classes in any table that has other columns beside them."""
    return [f"class {name}" if _KEY_LIKE.fullmatch(name) else name for name in classes]


def classes_of_columns(columns: Iterable[str]) -> tuple[str, ...]:
    """The classes whose columns `class_columns` named."""
    return tuple(
        name.removeprefix("class ") if _KEY_LIKE.fullmatch(name) else name for name in columns
    )


def with_probabilities(
    keys: pd.DataFrame, classes: Sequence[str], probabilities: NDArray[Any]
) -> pd.DataFrame:
    """`keys` (n rows) and, behind them, one column of `probabilities` (n, classes) per class."""
    values = pd.DataFrame(probabilities.astype(np.float64), columns=class_columns(classes))
    return pd.concat([keys, values], axis=1)


def class_frame(
    ids: Sequence[str],
    groups: Sequence[str],
    true: Sequence[str],
    classes: Sequence[str],
    probabilities: NDArray[Any],
) -> pd.DataFrame:
    """The content of a predictions.csv of classes."""
    keys = pd.DataFrame({"id": ids, "group": groups, "true": true})
    return with_probabilities(keys, classes, probabilities)


def read_class_predictions(path: str | Path) -> ClassPredictions:
    """Read predictions of classes.

    Raises:
        UserError: columns or numbers are not those of the contract, or ids repeat.
    """
    frame = _read(path)
    columns = list(frame.columns[len(KEYS) :])
    numbers = _numbers(path, frame, columns)
    if not np.isclose(numbers.sum(axis=1), 1, atol=1e-5).all():
        raise UserError(f"{path}: probabilities of a row do not sum to one")
    frame["group"] = frame["group"].where(frame["group"] != "", frame["id"])
    ids, groups, true = (frame[key].to_numpy(dtype=object) for key in KEYS)
    return ClassPredictions(ids, groups, true, classes_of_columns(columns), numbers)


def rows_of(predicted: ClassPredictions, ids: Collection[str]) -> ClassPredictions:
    """Those of the predictions whose id is one of `ids`, in their order."""
    kept = np.array([image_id in ids for image_id in predicted.ids], bool)
    keys = (predicted.ids[kept], predicted.groups[kept], predicted.true[kept])
    return ClassPredictions(*keys, predicted.classes, predicted.probabilities[kept])


def read_value_predictions(path: str | Path) -> pd.DataFrame:
    """Read predictions of one number per row: id, group (text), true, prediction (float)."""
    frame = _read(path)
    if tuple(frame.columns) != (*KEYS, "prediction"):
        raise UserError(f"{path}: columns are {','.join(frame.columns)}, expected one prediction")
    frame[["true", "prediction"]] = _numbers(path, frame, ("true", "prediction"))
    return frame


def _read(path: str | Path) -> pd.DataFrame:
    frame = read_csv(path, KEYS, others_allowed=True)
    repeated = frame["id"][frame["id"].duplicated()]
    if len(repeated):
        raise UserError(f"{path}: duplicate id {repeated.iloc[0]}")
    return frame


def _numbers(path: str | Path, frame: pd.DataFrame, columns: Sequence[str]) -> NDArray[np.float64]:
    try:
        numbers = frame[list(columns)].astype(np.float64).to_numpy()
    except ValueError as error:
        raise UserError(f"{path}: not a number ({error})") from error
    if not np.isfinite(numbers).all():
        raise UserError(f"{path}: a number is infinite or missing")
    return numbers
