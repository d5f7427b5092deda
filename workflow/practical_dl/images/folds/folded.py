"""Rows with their folds, and what a model that was trained by folds predicts of them.

A model is a folder with out_of_fold.csv (every labelled picture, predicted by models that were not
trained on its fold) and test.csv (the test pictures), both as predictions.csv.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import write_csv
from practical_dl.files.predictions import ClassPredictions, class_frame, read_class_predictions
from practical_dl.images.features.reduced import read_reduced, read_test
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.errors import UserError

Probabilities = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class FoldPredictions:
    """Probabilities by seed: out_of_fold and clean (seeds, n, classes), test (seeds, m, classes).

    `clean` are those of the clean pictures alone, where augmented passes of them are averaged in.
    Test predictions are means over the folds' models.
    """

    out_of_fold: Probabilities
    clean: Probabilities
    test: Probabilities


@dataclass(frozen=True)
class Folded:
    """Labelled rows (image_id, label, group) with the fold (n,) of each, and the test rows."""

    rows: pd.DataFrame
    test_rows: pd.DataFrame
    fold: Rows
    classes: Sequence[str]

    @property
    def labels(self) -> Rows:
        """Index of the true class of each labelled row: (n,)."""
        labels: Rows = self.rows["label"].to_numpy()
        return labels

    def frame(self, probabilities: NDArray[Any]) -> pd.DataFrame:
        """The content of a predictions.csv: probabilities (n, classes) of the labelled rows."""
        true = [self.classes[label] for label in self.labels]
        keys = list(self.rows["image_id"]), list(self.rows["group"]), true
        return class_frame(*keys, self.classes, probabilities)

    def write(self, output: Mapping[str, str | Path], predicted: FoldPredictions) -> None:
        """Write a model's files, of those that `output` has paths for."""
        write_member(output, self.rows, self.test_rows, self.classes, predicted)


def read_folded(
    manifest: Path, folds: Path, labelled: Path, test: Sequence[Path], array: str
) -> tuple[Folded, NDArray[Any], NDArray[Any]]:
    """The rows of reduced features, and one of their arrays: of labelled and of test pictures.

    Raises:
        UserError: a file is absent or damaged, or a row has no fold.
    """
    table = read_manifest(manifest)
    dealt = read_folds(folds, table)
    rows, values = read_reduced(labelled, array)
    test_rows, test_values = read_test(test, array, values)
    fold = folds_of(list(rows["image_id"]), dealt)
    return Folded(rows, test_rows, fold, class_names(table)), values, test_values


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


def frame_with(rows: ClassPredictions, probabilities: NDArray[np.float64]) -> pd.DataFrame:
    """Other probabilities (n, classes) of the same rows, as the content of a predictions.csv."""
    return class_frame(
        list(rows.ids), list(rows.groups), list(rows.true), rows.classes, probabilities
    )
