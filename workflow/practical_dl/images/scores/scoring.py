"""Scores of everything that the plan of an image set names, from predictions on disk."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import read_csv, read_json
from practical_dl.files.predictions import ClassPredictions, read_class_predictions, rows_of
from practical_dl.images.plan.scored import LEAK, Scored
from practical_dl.images.pseudo_labels.material import PARTS, read_roles
from practical_dl.scoring.gain import gain_scores
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.leak import leak_scores
from practical_dl.scoring.metrics import classification_scores, report
from practical_dl.training.collapse import collapse_check

REPORTED = ("model", "part", "n", "seed", "scores")
TRUTH_COLUMNS = ["image_id", "group", "label"]


@dataclass
class Predictions:
    """Predictions by the path that the plan names, each read once.

    where: the file of each such path. held_out: ids of each part of the held-out pictures.
    """

    where: Mapping[str, str]
    held_out: Mapping[str, Collection[str]]
    _read: dict[str, ClassPredictions] = field(default_factory=dict)

    def of(self, path: str | None, part: str | None = None) -> ClassPredictions:
        """All rows of a file, or those of a part of the held-out pictures.

        Raises:
            UserError: the file is not what its contract says.
        """
        if path is None:
            raise ValueError("a score without predictions")
        if path not in self._read:
            self._read[path] = read_class_predictions(self.where[path])
        whole = self._read[path]
        return whole if part is None else rows_of(whole, self.held_out[part])


def held_out_parts(roles: Sequence[str | Path]) -> dict[str, set[str]]:
    """Ids of the pictures of each part, of all folds' tables of roles."""
    tables = [read_roles(path) for path in roles]
    return {
        part: {name for table in tables for name in table["image_id"][table["role"].isin(wanted)]}
        for part, wanted in PARTS.items()
    }


def metrics_of(
    one: Scored, predictions: Predictions, truth: Sequence[Path], seed: int
) -> dict[str, Any]:
    """The content of a metrics.json; `truth` is the table of the test's classes, where known."""
    match one.kind:
        case "classes":
            return class_metrics(one.title, one.part, predictions.of(one.predictions), seed)
        case "gain" | "leak":
            return _difference(one, predictions, seed)
        case "truth":
            where = Path(predictions.where[str(one.predictions)])
            return _true_metrics(one.title, one.part, where, truth[0], seed)
        case _:
            return read_json(predictions.where[one.metrics], REPORTED)


def class_metrics(title: str, part: str, predicted: ClassPredictions, seed: int) -> dict[str, Any]:
    """Log loss and accuracy with intervals over groups, and the check for collapse."""
    labels = predicted.labels()
    scores = class_scores(predicted, seed)
    content = report(title, part, predicted.ids, predicted.groups, scores, seed)
    return {**content, "collapse": collapse_check(predicted.probabilities, labels)}


def class_scores(predicted: ClassPredictions, seed: int) -> dict[str, Interval]:
    """Log loss and accuracy with their intervals."""
    return classification_scores(
        predicted.labels(), predicted.probabilities, predicted.groups, seed
    )


def _difference(one: Scored, predictions: Predictions, seed: int) -> dict[str, Any]:
    technique = predictions.of(one.predictions, one.held_out)
    control = predictions.of(one.control, one.held_out)
    score = leak_scores if one.kind == LEAK else gain_scores
    scores = score(technique, control, seed)
    return report(one.title, one.part, control.ids, control.groups, scores, seed)


def _true_metrics(
    title: str, part: str, submission: Path, truth: Path, seed: int
) -> dict[str, Any]:
    """Scores of a submission by the true classes of its pictures."""
    table = read_csv(submission, ["img"], others_allowed=True)
    rows = read_csv(truth, TRUTH_COLUMNS).set_index("image_id").loc[table["img"]]
    classes = list(table.columns[1:])
    labels = pd.Categorical(rows["label"], categories=classes).codes
    groups = rows["group"].to_numpy()
    values = table[classes].to_numpy(dtype=np.float64)
    scores = classification_scores(labels, values, groups, seed)
    return report(title, part, table["img"].to_numpy(), groups, scores, seed)
