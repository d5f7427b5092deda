"""Models that an ensemble may be made of, each by its predictions of the same rows.

A model is a folder with out_of_fold.csv (every labelled picture, predicted by models that were
not trained on its fold) and test.csv (the test pictures), both as predictions.csv. Whoever writes
these two files may join by name.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import write_csv
from practical_dl.files.predictions import ClassPredictions, class_frame, read_class_predictions
from practical_dl.images.ensemble.chain import Part, log_probabilities
from practical_dl.images.folds.fold_predictions import FoldPredictions
from practical_dl.job.errors import UserError
from practical_dl.scoring.metrics import log_losses

Rows = NDArray[np.int64]


def write_member(
    output: Mapping[str, str | Path],
    rows: pd.DataFrame,
    test_rows: pd.DataFrame,
    classes: Sequence[str],
    predicted: FoldPredictions,
) -> None:
    """Write those of a model's files that `output` has paths for.

    out_of_fold and test are means over seeds, first_seed is out_of_fold by the first seed alone,
    clean is out_of_fold by the clean pictures alone.

    Args:
        rows, test_rows: image_id, label (index), group of the labelled and the test pictures.
    """
    true = [classes[label] for label in rows["label"]]
    labelled = {
        "out_of_fold": predicted.out_of_fold.mean(axis=0),
        "first_seed": predicted.out_of_fold[0],
        "clean": predicted.clean.mean(axis=0),
    }
    for name, values in labelled.items():
        if name in output:
            frame = class_frame(list(rows["image_id"]), list(rows["group"]), true, classes, values)
            write_csv(output[name], frame)
    unknown = [""] * len(test_rows)
    values = predicted.test.mean(axis=0)
    write_csv(
        output["test"],
        class_frame(
            list(test_rows["image_id"]), list(test_rows["group"]), unknown, classes, values
        ),
    )


def frame_with(rows: ClassPredictions, probabilities: NDArray[np.float64]) -> pd.DataFrame:
    """Other probabilities (n, classes) of the same rows, as the content of a predictions.csv."""
    return class_frame(
        list(rows.ids), list(rows.groups), list(rows.true), rows.classes, probabilities
    )


def read_members(paths: Sequence[str | Path]) -> list[ClassPredictions]:
    """Predictions of several models.

    Raises:
        UserError: they are not of the same rows and classes, in the same order.
    """
    members = [read_class_predictions(path) for path in paths]
    first = members[0]
    for path, member in zip(paths, members, strict=True):
        same_rows = np.array_equal(member.ids, first.ids)
        if not same_rows or member.classes != first.classes:
            raise UserError(f"{path}: its rows or classes are not those of {paths[0]}")
    return members


def folds_of(ids: Sequence[str], folds: pd.DataFrame) -> Rows:
    """The fold (n,) of each of the pictures `ids`.

    Raises:
        UserError: a row has none.
    """
    found = pd.Series(ids).map(folds.set_index("image_id")["fold"])
    if found.isna().any():
        raise UserError(f"folds: {ids[int(found.isna().to_numpy().argmax())]} has none")
    numbers: Rows = found.to_numpy(np.int64)
    return numbers


def parts_by_fold(
    members: Sequence[ClassPredictions], fold: Rows, neighbours: Rows
) -> dict[int, Part]:
    """The rows of each fold with the models' logarithms and the neighbours in that fold."""
    logs = log_probabilities(np.stack([member.probabilities for member in members]))
    parts = {}
    for number in np.unique(fold):
        rows = np.flatnonzero(fold == number)
        own = np.searchsorted(rows, neighbours[rows])
        parts[int(number)] = Part(logs[:, rows], own)
    return parts


def labels_by_fold(predicted: ClassPredictions, fold: Rows) -> dict[int, Rows]:
    """The true classes (indices) of each fold's rows."""
    labels = predicted.labels()
    return {int(number): labels[fold == number] for number in np.unique(fold)}


def whole_part(members: Sequence[ClassPredictions], neighbours: Rows) -> Part:
    """All rows as one part: the test pictures."""
    logs = log_probabilities(np.stack([member.probabilities for member in members]))
    return Part(logs, neighbours)


def in_row_order(by_fold: Mapping[int, NDArray[np.float64]], fold: Rows) -> NDArray[np.float64]:
    """Values of each fold's rows (in order) put back into the order of all rows."""
    first = next(iter(by_fold.values()))
    values = np.empty((len(fold), *first.shape[1:]))
    for number, part in by_fold.items():
        values[fold == number] = part
    return values


def row_losses(members: Sequence[ClassPredictions]) -> NDArray[np.float64]:
    """Log loss of each row by each model: (models, n)."""
    labels = members[0].labels()
    return np.stack([log_losses(labels, member.probabilities) for member in members])


def rows_of_choice(members: Sequence[ClassPredictions], chosen: Rows) -> NDArray[np.float64]:
    """Probabilities (n, classes) of each row by the model (index) that was `chosen` for it."""
    stacked = np.stack([member.probabilities for member in members])
    found: NDArray[np.float64] = stacked[chosen, np.arange(len(chosen))]
    return found
