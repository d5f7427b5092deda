"""Fitting a head on the feature store, and predicting with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.features.batches import Source, ordered_batches, training_batches
from practical_dl.images.networks.heads import lesson_head
from practical_dl.job.runtime import Log
from practical_dl.training.fit import Schedule, fit
from practical_dl.training.optimizers import OptimizerSetting

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Recipe:
    """How a head is built and trained."""

    width: int
    dropout: float
    schedule: Schedule
    optimizer: OptimizerSetting
    batch: int
    memory_mb: int
    pool: str

    @classmethod
    def of(cls, params: Any, schedule: Schedule, pool: str) -> "Recipe":
        """From a rule's parameters, with the `schedule` and the pooling of the stored features."""
        return cls(
            params.width,
            params.dropout,
            schedule,
            params.optimizer,
            params.batch_size,
            params.memory_mb,
            pool,
        )


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
        optimizer=recipe.optimizer,
    )
    return model, history


def predict_rows(model: "keras.Model", source: Source, batch: int) -> NDArray[np.float32]:
    """Probabilities (rows, classes) of the rows of `source`, in their order."""
    return model.predict(ordered_batches(source, batch), verbose=0)
