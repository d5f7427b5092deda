"""Fitting a head on the feature store, and predicting with it."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.feature_batches import Positions, ordered_batches, training_batches
from practical_dl.images.feature_store import FeatureStore
from practical_dl.images.heads import lesson_head
from practical_dl.optimizer_settings import OptimizerSetting
from practical_dl.runtime import Log
from practical_dl.training import Schedule, fit

if TYPE_CHECKING:
    import keras


def fit_head(
    store: FeatureStore,
    rows: dict[str, Positions],
    classes: int,
    *,
    width: int,
    dropout: float,
    schedule: Schedule,
    optimizer: OptimizerSetting,
    batch: int,
    memory_mb: int,
    seed: int,
    log: Log,
) -> tuple["keras.Model", pd.DataFrame]:
    """The lesson's head, trained on the `train` rows, of the epoch that is best on `inner`."""
    model = lesson_head(store.shape, classes, width, dropout)
    train = training_batches(store, rows["train"], classes, batch, memory_mb, seed)
    inner = ordered_batches(store, rows["inner"], classes, batch)
    history = fit(
        model,
        train,
        schedule,
        "categorical_crossentropy",
        log,
        ["accuracy"],
        inner=inner,
        optimizer=optimizer,
    )
    return model, history


def predict_rows(
    model: "keras.Model", store: FeatureStore, positions: Positions, classes: int, batch: int
) -> NDArray[np.float32]:
    """Probabilities (rows, classes) of the rows at `positions`, in their order."""
    return model.predict(ordered_batches(store, positions, classes, batch), verbose=0)
