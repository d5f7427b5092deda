"""Fitting a head on the feature store, and predicting with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.features.batches import Source, ordered_batches, training_batches
from practical_dl.images.networks.heads import lesson_head
from practical_dl.job.runtime import Log
from practical_dl.training.fit import fit
from practical_dl.training.recipe import Recipe

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Head:
    """How a head is built on features that are stored with this `pool`.

    memory_mb: for the rows that it is trained on; what does not fit is streamed.
    """

    width: int
    dropout: float
    memory_mb: int
    pool: str


def fit_head(
    sources: Sequence[Source],
    inner: Source,
    head: Head,
    recipe: Recipe,
    seed: int,
    log: Log,
    repeats: int = 1,
) -> tuple["keras.Model", pd.DataFrame]:
    """The lesson's head, trained on equal shares of `sources`, of the epoch best on `inner`.

    An epoch is `repeats` passes over the first source.
    """
    shape, classes = inner.store.shape, inner.targets.shape[1]
    model = lesson_head(shape, classes, head.width, head.dropout, head.pool)
    shares = [1.0] * len(sources)
    train = training_batches(sources, shares, recipe.batch_size, head.memory_mb, seed)
    history = fit(
        model,
        train.repeat(repeats) if repeats > 1 else train,
        recipe.schedule,
        "categorical_crossentropy",
        log,
        ["accuracy"],
        inner=ordered_batches(inner, recipe.batch_size),
        optimizer=recipe.optimizer,
    )
    return model, history


def predict_rows(model: "keras.Model", source: Source, batch: int) -> NDArray[np.float32]:
    """Probabilities (rows, classes) of the rows of `source`, in their order."""
    return model.predict(ordered_batches(source, batch), verbose=0)
