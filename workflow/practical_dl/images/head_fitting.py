"""Fitting a head on the feature store, and predicting with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.feature_batches import (
    Positions,
    Source,
    ordered_batches,
    training_batches,
)
from practical_dl.images.heads import lesson_head
from practical_dl.images.splits import hold_out_groups
from practical_dl.runtime import Log
from practical_dl.training import Schedule, fit

if TYPE_CHECKING:
    import keras


def rows_by_role(
    stored: pd.DataFrame, split: pd.DataFrame, inner_share: float, by_group: bool, seed: int
) -> dict[str, Positions]:
    """Positions in the store of the `train`, `inner` and `valid` rows.

    `inner` rows are cut from the training rows, whole groups of them with `by_group` (else single
    rows), to choose the epoch; no reported score uses them.
    """
    roles = stored["image_id"].map(split.set_index("image_id")["role"])
    training = np.flatnonzero(roles == "train")
    units = stored["group" if by_group else "image_id"].to_numpy()[training]
    inner = np.isin(units, hold_out_groups(units, inner_share, seed))
    return {
        "train": training[~inner],
        "inner": training[inner],
        "valid": np.flatnonzero(roles == "valid"),
    }


@dataclass(frozen=True)
class Recipe:
    """How a head is built and trained."""

    width: int
    dropout: float
    schedule: Schedule
    batch: int
    memory_mb: int
    pool: str


def fit_head(
    sources: Sequence[Source], inner: Source, recipe: Recipe, seed: int, log: Log, repeats: int = 1
) -> tuple["keras.Model", pd.DataFrame]:
    """The lesson's head, trained on equal shares of `sources`, of the epoch best on `inner`.

    An epoch is `repeats` passes over the first source.
    """
    shape, classes = inner.store.shape, inner.targets.shape[1]
    model = lesson_head(shape, classes, recipe.width, recipe.dropout, recipe.pool)
    shares = [1.0] * len(sources)
    train = training_batches(sources, shares, recipe.batch, recipe.memory_mb, seed)
    history = fit(
        model,
        train.repeat(repeats) if repeats > 1 else train,
        recipe.schedule,
        "categorical_crossentropy",
        log,
        ["accuracy"],
        inner=ordered_batches(inner, recipe.batch),
    )
    return model, history


def predict_rows(model: "keras.Model", source: Source, batch: int) -> NDArray[np.float32]:
    """Probabilities (rows, classes) of the rows of `source`, in their order."""
    return model.predict(ordered_batches(source, batch), verbose=0)
