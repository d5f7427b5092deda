"""Predictions of several trainings of one model on the same reviews, and their scores.

Columns of the file: id, group (the film; of texts without groups the id), true (the class, such as
pos), then one column per training, named after its seed, with the probability of the second class
(of a positive review). The score of a review is its mean over the trainings, so that intervals
over films count a review once.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logit

from practical_dl.files.artefacts import read_csv
from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.about import CLASSES
from practical_dl.scoring.metrics import hits, log_losses, report, score, share_score
from practical_dl.training.collapse import collapse_check

KEYS = ["id", "group", "true"]
SEED_COLUMN = re.compile(r"seed_\d+")
SMALLEST = 1e-6

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Runs:
    """Reviews, films and labels (n,), and the probabilities (n, trainings) of a positive review.

    `films` are whatever groups the reviews have; `classes` their names by label.
    """

    ids: NDArray[Any]
    films: NDArray[Any]
    labels: NDArray[np.int64]
    seeds: tuple[str, ...]
    positive: Values
    classes: tuple[str, ...] = CLASSES

    def logits(self) -> Values:
        """Mean log-odds (n,) over the trainings."""
        return logit(np.clip(self.positive, SMALLEST, 1 - SMALLEST)).mean(axis=1)


def runs_frame(reviews: pd.DataFrame, positive: Sequence[Values], seed: int) -> pd.DataFrame:
    """The content of the file.

    Args:
        reviews: columns review_id, group and true, a row for each of `positive`.
        positive: of each training, the probabilities (n,); their seeds follow `seed`.
    """
    ids, films, true = (reviews[name].to_numpy() for name in ("review_id", "group", "true"))
    return _frame(ids, films, true, positive, seed)


def joined_frame(first: Runs, positive: Values, seed: int) -> pd.DataFrame:
    """The content of the file for one probability (n,) made from several models' on these rows."""
    true = [first.classes[label] for label in first.labels]
    return _frame(first.ids, first.films, true, [positive], seed)


def read_runs(path: str | Path, classes: Sequence[str] = CLASSES) -> Runs:
    """Read such a table of reviews of these classes.

    Raises:
        UserError: columns are not those of the contract, a review is there twice or of no known
            class, or a probability is none.
    """
    frame = read_csv(path, KEYS, others_allowed=True)
    if frame["id"].duplicated().any():
        raise UserError(f"{path}: a review is there twice; delete it and run again")
    seeds = tuple(frame.columns[len(KEYS) :])
    labels = pd.Categorical(frame["true"], categories=list(classes)).codes.astype(np.int64)
    try:
        positive = frame[list(seeds)].astype(np.float64).to_numpy()
    except ValueError as error:
        raise UserError(f"{path}: not a number ({error}); delete it and run again") from error
    if not seeds or (labels < 0).any() or not ((positive >= 0) & (positive <= 1)).all():
        raise UserError(f"{path}: no class or no probability; delete it and run again")
    ids, films = (frame[key].to_numpy(dtype=object) for key in ("id", "group"))
    return Runs(ids, films, labels, seeds, positive, tuple(classes))


def row_hits(runs: Runs) -> Values:
    """Share (n,) of the trainings that are right about a review."""
    return np.mean([hits(runs.labels, two) for two in _both(runs)], axis=0)


def row_losses(runs: Runs) -> Values:
    """Mean log loss (n,) of the trainings on a review."""
    return np.mean([log_losses(runs.labels, two) for two in _both(runs)], axis=0)


def accuracies(runs: Runs) -> Values:
    """Accuracy of each training."""
    return np.array([hits(runs.labels, two).mean() for two in _both(runs)])


def joint_accuracy(runs: Runs) -> float:
    """Accuracy of the mean log-odds of all trainings: what they say together."""
    return float(((runs.logits() > 0) == runs.labels).mean())


def runs_report(runs: Runs, model: str, part: str, seed: int) -> dict[str, Any]:
    """The content of a metrics.json, with the trainings' own accuracies and the collapse check."""
    scores = {
        "log_loss": score(row_losses(runs), runs.films, seed),
        "accuracy": share_score(row_hits(runs), runs.films, seed),
    }
    content = report(model, part, runs.ids, runs.films, scores, seed)
    every = np.concatenate(_both(runs))
    check = collapse_check(every, np.tile(runs.labels, len(runs.seeds)))
    return {**content, "accuracies": accuracies(runs).tolist(), "collapse": check}


def _frame(
    ids: NDArray[Any],
    films: NDArray[Any],
    true: Iterable[str],
    positive: Sequence[Values],
    seed: int,
) -> pd.DataFrame:
    columns = {f"seed_{seed + place}": values for place, values in enumerate(positive)}
    return pd.DataFrame({"id": ids, "group": films, "true": list(true), **columns})


def _both(runs: Runs) -> list[Values]:
    return [np.column_stack([1 - positive, positive]) for positive in runs.positive.T]
