"""All models of a review set in one table: their scores with intervals, and their differences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.reviews.models.runs import (
    Runs,
    accuracies,
    joint_accuracy,
    row_errors,
    row_hits,
    row_losses,
    trainings,
)
from practical_dl.scoring.by_class import class_table
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import paired_difference, share_score

REFERENCE = "bag_of_words"
WITHOUT_TEST_TEXTS = {"documents_all": "documents_train", "ensemble": "ensemble_inductive"}
"""Each model that read the texts of the test reviews, and the same one without them."""

WITHOUT_UNLABELLED = {
    "documents_unlabelled": "documents_all",
    "nb_svm_taught": "nb_svm",
    "ensemble": "ensemble_labelled",
}
"""Each model that read texts whose labels nobody has, and the same one without them."""

VECTOR_KINDS = ("text", "glove")
VECTOR_STATES = ("frozen", "tuned")


def table_of_reviews(
    runs: Mapping[str, Runs],
    kept: NDArray[np.bool_],
    seconds: Sequence[float | None],
    reference: str,
    seed: int,
    scale: Sequence[float] = (),
) -> pd.DataFrame:
    """One row per model.

    Args:
        runs: by model, on the same reviews in the same order.
        kept: (n,) False for reviews that have an earlier duplicate.
        seconds: of the job that fitted each model.
        reference: the model whose accuracy is subtracted.
        scale: a number by class where a mistake counts by how far off it is, else ().

    Returns:
        model, accuracy (mean over its trainings), accuracy_low, accuracy_high, lowest, highest
        (of the trainings), trainings, together (accuracy of their mean log-odds), log_loss,
        difference, difference_low, difference_high (from the reference), without_copies (accuracy
        on the kept reviews), n, seconds; of more than two classes macro_f1, with a `scale` mae.

    Raises:
        UserError: the rows of two models differ.
    """
    first = next(iter(runs.values()))
    rows = []
    for (name, found), taken in zip(runs.items(), seconds, strict=True):
        if list(found.ids) != list(first.ids):
            raise UserError(f"{name}: scored on other reviews than the first model")
        right = row_hits(found)
        difference = paired_difference(right, row_hits(runs[reference]), found.films, seed)
        of_trainings = accuracies(found)
        rows.append(
            {
                "model": name,
                **share_score(right, found.films, seed).columns("accuracy"),
                "lowest": of_trainings.min(),
                "highest": of_trainings.max(),
                "trainings": len(of_trainings),
                "together": joint_accuracy(found),
                "log_loss": row_losses(found).mean(),
                **difference.columns("difference"),
                "without_copies": right[kept].mean(),
                "n": len(right),
                "seconds": taken,
                **_of_more_classes(found, scale),
            }
        )
    return pd.DataFrame(rows)


def _of_more_classes(runs: Runs, scale: Sequence[float]) -> dict[str, float]:
    if len(runs.classes) == 2:
        return {}
    by_class = class_table(runs.labels, trainings(runs), runs.classes)
    scores = {"macro_f1": float(by_class["f1"].mean())}
    return {**scores, "mae": float(row_errors(runs, scale).mean())} if scale else scores


@dataclass(frozen=True)
class Gains:
    """Differences of accuracy on the same reviews.

    `transductive` by model, over the same one without test texts; `unlabelled` over the same one
    without texts whose labels nobody has, empty where there are none; `reading` of the LSTM, None
    where it is not there; `vectors` by model and control.
    """

    transductive: Mapping[str, Interval]
    unlabelled: Mapping[str, Interval]
    reading: Interval | None
    vectors: Mapping[tuple[str, str], Interval]


def gains(runs: Mapping[str, Runs], seed: int) -> Gains:
    """All differences that the page of models names."""
    return Gains(
        gains_over(runs, WITHOUT_TEST_TEXTS, seed),
        gains_over(runs, WITHOUT_UNLABELLED, seed),
        gain_of_reading(runs, seed),
        gains_of_vectors(runs, seed),
    )


def gains_over(
    runs: Mapping[str, Runs], controls: Mapping[str, str], seed: int
) -> dict[str, Interval]:
    """The gain in accuracy of each model over its control, where both are there."""
    return {
        model: _gain(runs, model, control, seed)
        for model, control in controls.items()
        if {model, control} <= set(runs)
    }


def gain_of_reading(runs: Mapping[str, Runs], seed: int) -> Interval | None:
    """The LSTM's gain in accuracy from reading first; None where either LSTM was not trained."""
    model, control = "lstm_pretrained", "lstm"
    return _gain(runs, model, control, seed) if {model, control} <= set(runs) else None


def gains_of_vectors(runs: Mapping[str, Runs], seed: int) -> dict[tuple[str, str], Interval]:
    """By model and control: the gain of vectors over random ones, and of training over freezing."""
    kinds = [kind for kind in VECTOR_KINDS if f"{kind}_frozen" in runs]
    pairs = [
        *((f"{kind}_{state}", f"random_{state}") for kind in kinds for state in VECTOR_STATES),
        *((f"{kind}_tuned", f"{kind}_frozen") for kind in ("random", *kinds)),
    ]
    return {(model, control): _gain(runs, model, control, seed) for model, control in pairs}


def _gain(runs: Mapping[str, Runs], model: str, control: str, seed: int) -> Interval:
    return paired_difference(
        row_hits(runs[model]), row_hits(runs[control]), runs[model].films, seed
    )


def without_duplicates(ids: NDArray[np.object_], pairs: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each of the test reviews `ids` (n,) has no earlier duplicate."""
    return ~np.isin(ids.astype(str), pairs["review_id"].to_numpy().astype(str))
