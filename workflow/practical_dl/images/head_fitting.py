"""Fitting a head on the feature store, and predicting with it."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.feature_batches import Positions, ordered_batches, training_batches
from practical_dl.images.feature_store import FeatureStore
from practical_dl.images.heads import lesson_head
from practical_dl.images.splits import hold_out_groups
from practical_dl.optimizer_settings import OptimizerSetting
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
