"""Predictions, trainings of experiments, and submissions, in words."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.predictions import read_class_predictions, read_value_predictions
from practical_dl.images.sample import trainings as image_runs
from practical_dl.images.submission.submission import read_submission
from practical_dl.inspection.description import Description, balance, spread
from practical_dl.job.errors import UserError, counted, named
from practical_dl.reviews.corpus.about import About, about_near
from practical_dl.reviews.models.runs import SEED_COLUMN, Runs, accuracies, trainings
from practical_dl.reviews.models.runs import read_runs as read_review_runs
from practical_dl.scoring.metrics import NOT_GROUPED, hits, log_losses

SUM_TOLERANCE = 1e-5


def _describe_class_predictions(path: Path) -> Description:
    """Probabilities of classes, one row per picture or review.

    Raises:
        UserError: see `read_class_predictions`.
    """
    predictions = read_class_predictions(path)
    described = Description("predictions: one probability per class")
    described.facts = {
        "rows": f"{len(predictions.ids):,} in {counted(len(set(predictions.groups)), 'group')}",
        "classes": named(predictions.classes),
        "predicted": balance(
            pd.Series(np.array(predictions.classes)[predictions.probabilities.argmax(axis=1)])
        ),
        "confidence": spread(predictions.probabilities.max(axis=1)),
    }
    known = pd.Series(predictions.true) != ""
    if known.all():
        labels = predictions.labels()
        described.facts["true"] = balance(pd.Series(predictions.true))
        described.facts["score"] = _class_score(labels, predictions.probabilities)
    else:
        described.facts["true"] = f"unknown of {int((~known).sum()):,} rows"
    _note_silent_classes(predictions.probabilities, predictions.classes, described)
    return described


def _class_score(labels: NDArray[np.int64], probabilities: NDArray[np.float64]) -> str:
    loss = log_losses(labels, probabilities).mean()
    return f"accuracy {hits(labels, probabilities).mean():.4f}, log loss {loss:.4f}"


def _note_silent_classes(
    probabilities: NDArray[np.float64], classes: tuple[str, ...], described: Description
) -> None:
    chosen = set(probabilities.argmax(axis=1).tolist())
    silent = [name for number, name in enumerate(classes) if number not in chosen]
    if len(silent) == len(classes) - 1:
        described.notes.append("one class for every row: the model may have collapsed")
    elif silent:
        described.notes.append(f"never the most probable class: {named(silent)}")


def _describe_value_predictions(path: Path) -> Description:
    """One number per row.

    Raises:
        UserError: see `read_value_predictions`.
    """
    frame = read_value_predictions(path)
    errors = (frame["prediction"] - frame["true"]).to_numpy()
    described = Description("predictions: one number per row")
    described.facts = {
        "rows": f"{len(frame):,} in {counted(frame['group'].nunique(), 'group')}",
        "prediction": spread(frame["prediction"].to_numpy()),
        "true": spread(frame["true"].to_numpy()),
        "score": f"RMSE {np.sqrt((errors**2).mean()):.4f}, MAE {np.abs(errors).mean():.4f}",
    }
    if (frame["prediction"] == frame["prediction"].iloc[0]).all():
        described.notes.append("the same prediction for every row")
    return described


def _describe_image_runs(path: Path) -> Description:
    """Predictions by several trainings of an experiment.

    Raises:
        UserError: see `images.runs.read_runs`.
    """
    runs = image_runs.read_runs(path)
    settings = image_runs.settings_of(runs)
    described = Description("trainings of one experiment: predictions by setting and seed")
    described.facts = {
        "settings": f"{len(settings)}: {named(settings)}",
        "seeds": str(runs.rows["seed"].nunique()),
        "rows": f"{len(runs.rows):,}, of {runs.rows['id'].nunique():,} pictures",
        "classes": named(runs.classes),
        "score": f"{_class_score(runs.labels, runs.probabilities)} over all settings",
    }
    _check_sums(runs.probabilities, runs.rows["id"].to_numpy(), described)
    return described


def _describe_review_runs(path: Path) -> Description:
    """Probabilities of a positive review, or of each class, by several trainings.

    Raises:
        UserError: see `reviews.runs.read_runs`.
    """
    about = about_near(path)
    runs = read_review_runs(path, about.classes)
    two = len(runs.classes) == 2
    asked = f"the probability that a review is {about.adjective(1)}" if two else "probabilities"
    described = Description(f"trainings of one model: {asked}, by seed")
    described.facts = {
        "rows": _rows_of_reviews(runs, about),
        "seeds": named(runs.seeds),
        "true": balance(pd.Series(runs.labels).map(dict(enumerate(runs.classes)))),
        "probability": spread(runs.probabilities[:, :, 1:] if two else runs.probabilities),
        "accuracy": named(f"{value:.4f}" for value in accuracies(runs)),
    }
    for found in trainings(runs):
        _check_sums(found, runs.ids, described)
    return described


def _rows_of_reviews(runs: Runs, about: About) -> str:
    count = f"{len(runs.ids):,} reviews"
    if not about.group:
        return f"{count}, {NOT_GROUPED}"
    groups = counted(len(set(runs.films)), about.units.removesuffix("s"))
    return f"{count} of {groups}"


def describe_submission(path: Path) -> Description:
    """The predictions in a competition's format.

    Raises:
        UserError: see `read_submission`.
    """
    frame = read_submission(path)
    values = frame.iloc[:, 1:].to_numpy(np.float64)
    described = Description("submission: predictions in the competition's format")
    described.facts = {
        "rows": f"{len(frame):,}",
        "columns": named(frame.columns),
        "probability": spread(values),
    }
    if values.shape[1] > 1:
        _check_sums(values, frame.iloc[:, 0].to_numpy(), described)
        _note_silent_classes(values, tuple(map(str, frame.columns[1:])), described)
    if (values < 0).any() or (values > 1).any() or not np.isfinite(values).all():
        described.wrong.append("has numbers that are not probabilities")
    return described


def _check_sums(values: NDArray[np.float64], ids: NDArray[Any], described: Description) -> None:
    off = np.flatnonzero(~np.isclose(values.sum(axis=1), 1, atol=SUM_TOLERANCE))
    if len(off):
        described.wrong.append(
            f"classes do not sum to one in {counted(len(off), 'row')}: "
            f"{ids[off[0]]} sums to {values[off[0]].sum():.6g}"
        )


def describe_predictions(path: Path, columns: list[str]) -> Description:
    """Any of the tables above, by its columns.

    Raises:
        UserError: it breaks the contract of its kind.
    """
    if columns[:2] == ["setting", "seed"]:
        return _describe_image_runs(path)
    if len(columns) > 3 and SEED_COLUMN.fullmatch(columns[3]):
        return _describe_review_runs(path)
    if columns[3:] == ["prediction"]:
        return _describe_value_predictions(path)
    if len(columns) < 5:
        raise UserError(f"{path}: columns are {','.join(columns)}, expected two classes or more")
    return _describe_class_predictions(path)
