"""The members of an ensemble fold by fold: whoever writes a model's files may join by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.ensemble.chain import Part, log_probabilities
from practical_dl.images.features.look_alikes import read_neighbours
from practical_dl.images.folds.folded import folds_of, read_members
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_folds

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Ensemble:
    """Members with their rows fold by fold, as the chain is tuned on them.

    first: the first member, for rows and groups; neighbours of the test pictures (m, k).
    """

    first: ClassPredictions
    fold: Rows
    parts: Mapping[int, Part]
    labels: Mapping[int, Rows]
    test_neighbours: Rows


def read_ensemble(
    manifest: Path, folds: Path, neighbours: Path, members: Sequence[str | Path]
) -> Ensemble:
    """Read the members' predictions out of fold, and the neighbours of all pictures.

    Raises:
        UserError: a file is absent or damaged, or they are not of the same rows.
    """
    read = read_members(members)
    near, test_near = read_neighbours(neighbours)
    fold = folds_of(list(read[0].ids), read_folds(folds, read_manifest(manifest)))
    parts = parts_by_fold(read, fold, near)
    return Ensemble(read[0], fold, parts, labels_by_fold(read[0], fold), test_near)


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
