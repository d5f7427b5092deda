"""Predictions of several trainings of one model on the same reviews, and their scores.

Columns of the file: id, group (the film; of texts without groups the id), true (the class, such as
pos), then of two classes one column per training, named after its seed, with the probability of the
second class (of a positive review); of more, one per training and class, such as `seed_42:sport`.
The score of a review is its mean over the trainings, so that intervals over films count a review
once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logit

from practical_dl.files.artefacts import read_csv, write_csv
from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.about import CLASSES
from practical_dl.reviews.corpus.files import class_names
from practical_dl.scoring.by_class import macro_f1, of_both
from practical_dl.scoring.metrics import hits, log_losses, report, score, share_score
from practical_dl.training.collapse import collapse_check

KEYS = ["id", "group", "true"]
SEED_COLUMN = re.compile(r"seed_\d+(:.*)?", re.DOTALL)
SMALLEST = 1e-6

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Runs:
    """Reviews, films and labels (n,), and the probabilities (n, trainings, classes).

    `films` are whatever groups the reviews have; `classes` their names by label.
    """

    ids: NDArray[Any]
    films: NDArray[Any]
    labels: NDArray[np.int64]
    seeds: tuple[str, ...]
    probabilities: Values
    classes: tuple[str, ...] = CLASSES

    def mean(self) -> Values:
        """Mean probabilities (n, classes) over the trainings."""
        return self.probabilities.mean(axis=1)

    def logits(self) -> Values:
        """Of two classes: mean log-odds (n,) of the second over the trainings."""
        positive = self.probabilities[:, :, 1]
        return logit(np.clip(positive, SMALLEST, 1 - SMALLEST)).mean(axis=1)

    def log_probabilities(self) -> Values:
        """Mean log-probabilities (n, classes) over the trainings: what they say together."""
        return np.log(np.clip(self.probabilities, SMALLEST, 1 - SMALLEST)).mean(axis=1)


def runs_frame(
    reviews: pd.DataFrame, probabilities: Sequence[Values], classes: Sequence[str], seed: int
) -> pd.DataFrame:
    """The content of the file.

    Args:
        reviews: columns review_id, group and true, a row for each of `probabilities`.
        probabilities: of each training (n, classes); their seeds follow `seed`.
    """
    ids, films, true = (reviews[name].to_numpy() for name in ("review_id", "group", "true"))
    return _frame(ids, films, true, probabilities, classes, seed)


def write_runs(
    paths: Any,
    reviews: pd.DataFrame,
    roles: NDArray[Any],
    said: Mapping[str, Sequence[Values]],
    seed: int,
) -> None:
    """Write the file of each role.

    Args:
        paths: by role.
        reviews: all of them, `with_truth`; roles (reviews,).
        said: by role, of each training the probabilities (n, classes) of its reviews.
    """
    classes = class_names(reviews)
    for role, found in said.items():
        write_csv(paths[role], runs_frame(reviews[roles == role], found, classes, seed))


def joined_frame(first: Runs, probabilities: Values, seed: int) -> pd.DataFrame:
    """The content of the file for probabilities (n, classes) made from several models' on these."""
    true = [first.classes[label] for label in first.labels]
    return _frame(first.ids, first.films, true, [probabilities], first.classes, seed)


def read_runs(path: str | Path, classes: Sequence[str] = CLASSES) -> Runs:
    """Read such a table of reviews of these classes.

    Raises:
        UserError: columns are not those of the contract, a review is there twice or of no known
            class, or a probability is none.
    """
    frame = read_csv(path, KEYS, others_allowed=True)
    if frame["id"].duplicated().any():
        raise UserError(f"{path}: a review is there twice; delete it and run again")
    columns = list(frame.columns[len(KEYS) :])
    seeds = tuple(dict.fromkeys(column.split(":", 1)[0] for column in columns))
    if not seeds or columns != _columns(seeds, classes):
        raise UserError(f"{path}: not a column for each class; delete it and run again")
    labels = pd.Categorical(frame["true"], categories=list(classes)).codes.astype(np.int64)
    try:
        values = frame[columns].astype(np.float64).to_numpy()
    except ValueError as error:
        raise UserError(f"{path}: not a number ({error}); delete it and run again") from error
    if (labels < 0).any() or not ((values >= 0) & (values <= 1)).all():
        raise UserError(f"{path}: no class or no probability; delete it and run again")
    ids, films = (frame[key].to_numpy(dtype=object) for key in ("id", "group"))
    shape = len(frame), len(seeds), len(classes)
    probabilities = of_both(values) if len(classes) == 2 else values.reshape(shape)
    return Runs(ids, films, labels, seeds, probabilities, tuple(classes))


def row_hits(runs: Runs) -> Values:
    """Share (n,) of the trainings that are right about a review."""
    return np.mean([hits(runs.labels, found) for found in trainings(runs)], axis=0)


def row_losses(runs: Runs) -> Values:
    """Mean log loss (n,) of the trainings on a review."""
    return np.mean([log_losses(runs.labels, found) for found in trainings(runs)], axis=0)


def row_errors(runs: Runs, scale: Sequence[float]) -> Values:
    """How far (n,) the most probable class lies from the true one, mean over the trainings.

    Args:
        scale: a number by class.
    """
    numbers = np.array(scale)
    chosen = numbers[runs.probabilities.argmax(axis=2)]
    return np.abs(chosen - numbers[runs.labels, None]).mean(axis=1)


def accuracies(runs: Runs) -> Values:
    """Accuracy of each training."""
    return np.array([hits(runs.labels, found).mean() for found in trainings(runs)])


def joint_accuracy(runs: Runs) -> float:
    """Accuracy of the mean log-probabilities of all trainings: what they say together."""
    return float(hits(runs.labels, runs.log_probabilities()).mean())


def runs_report(
    runs: Runs, model: str, part: str, seed: int, scale: Sequence[float] = ()
) -> dict[str, Any]:
    """The content of a metrics.json, with the trainings' own accuracies and the collapse check.

    Args:
        scale: a number by class where a mistake counts by how far off it is, else ().
    """
    scores = {
        "log_loss": score(row_losses(runs), runs.films, seed),
        "accuracy": share_score(row_hits(runs), runs.films, seed),
    }
    if len(runs.classes) > 2:
        scores["macro_f1"] = macro_f1(runs.labels, trainings(runs), runs.films, seed)
    if scale:
        scores["mae"] = score(row_errors(runs, scale), runs.films, seed)
    content = report(model, part, runs.ids, runs.films, scores, seed)
    every = np.concatenate(trainings(runs))
    check = collapse_check(every, np.tile(runs.labels, len(runs.seeds)))
    return {**content, "accuracies": accuracies(runs).tolist(), "collapse": check}


def _frame(
    ids: NDArray[Any],
    films: NDArray[Any],
    true: Iterable[str],
    probabilities: Sequence[Values],
    classes: Sequence[str],
    seed: int,
) -> pd.DataFrame:
    seeds = [f"seed_{seed + place}" for place in range(len(probabilities))]
    every = np.hstack([found[:, 1:] if len(classes) == 2 else found for found in probabilities])
    columns = dict(zip(_columns(seeds, classes), every.T, strict=True))
    return pd.DataFrame({"id": ids, "group": films, "true": list(true), **columns})


def _columns(seeds: Sequence[str], classes: Sequence[str]) -> list[str]:
    if len(classes) == 2:
        return list(seeds)
    return [f"{seed}:{name}" for seed in seeds for name in classes]


def trainings(runs: Runs) -> list[Values]:
    """The probabilities (n, classes) of each training."""
    return list(runs.probabilities.swapaxes(0, 1))
