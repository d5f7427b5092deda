"""Fitting a model from scratch on pictures in memory, with or without augmentation."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.networks.scratch import BUILDERS
from practical_dl.images.pictures.changes import Amounts, augment
from practical_dl.images.sample.store import SamplePictures
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.fit import Schedule, fit_next
from practical_dl.training.optimizers import ADAM, OptimizerSetting

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

LOSS = "categorical_crossentropy"
Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Recipe:
    """How a model is trained: its name in BUILDERS, its rates, its batches, its optimizer."""

    model: str
    schedule: Schedule
    batch: int
    optimizer: OptimizerSetting = field(default_factory=lambda: ADAM)


def training_batches(
    sample: SamplePictures, positions: Positions, batch: int, amounts: Amounts, seed: int
) -> "tf.data.Dataset":
    """Shuffled batches of (augmented pictures, one-hot labels); each pass draws anew."""
    import tensorflow as tf

    pictures = tf.constant(sample.pictures)
    targets = tf.constant(_one_hot(sample))
    order = tf.data.Dataset.from_tensor_slices(positions)
    order = order.shuffle(len(positions), seed=seed, reshuffle_each_iteration=True).batch(batch)
    seeds = tf.data.Dataset.random(seed=seed, rerandomize_each_iteration=True).batch(2)

    def load(rows: Any, drawn: Any) -> Any:
        changed = augment(tf.gather(pictures, rows), amounts, tf.cast(drawn, tf.int32))
        return changed, tf.gather(targets, rows)

    return tf.data.Dataset.zip(order, seeds).map(load)


def ordered_batches(sample: SamplePictures, positions: Positions, batch: int) -> "tf.data.Dataset":
    """Batches of (pictures, one-hot labels) as they are, in the order of `positions`."""
    import tensorflow as tf

    pairs = (sample.pictures[positions], _one_hot(sample)[positions])
    dataset = tf.data.Dataset.from_tensor_slices(pairs).batch(batch)
    return dataset.map(lambda pictures, targets: (tf.cast(pictures, tf.float32), targets))


def new_model(sample: SamplePictures, name: str, seed: int) -> "keras.Model":
    """A fresh model for the sample's pictures, its weights drawn from `seed`.

    Raises:
        UserError: the pictures are too small for the model's convolutions.
    """
    configure_tensorflow(seed)
    height, width, channels = sample.pictures.shape[1:]
    try:
        return BUILDERS[name]((height, width, channels), len(sample.classes))
    except ValueError as error:
        raise UserError(
            f"config: sample: pictures of {height}x{width} are too small for {name}; "
            "raise input_size or lower shrink"
        ) from error


def fit_sample(
    sample: SamplePictures,
    rows: dict[str, Positions],
    recipe: Recipe,
    amounts: Amounts,
    seed: int,
    log: Log,
    compiled: "keras.Model | None" = None,
) -> tuple["keras.Model", pd.DataFrame]:
    """Train on the `train` rows; where there are `inner` rows, keep the epoch best on them.

    `compiled`: a model that this returned for the same recipe, and that is done with; it is trained
    again in place of a new one (`training.fit_next`).
    """
    untrained = new_model(sample, recipe.model, seed)
    train = training_batches(sample, rows["train"], recipe.batch, amounts, seed)
    inner = ordered_batches(sample, rows["inner"], recipe.batch) if "inner" in rows else None
    return fit_next(
        compiled,
        untrained,
        train,
        recipe.schedule,
        LOSS,
        log,
        ["accuracy"],
        inner,
        recipe.optimizer,
    )


def predict_sample(
    model: "keras.Model", sample: SamplePictures, positions: Positions, batch: int
) -> NDArray[np.float64]:
    """Probabilities (rows, classes) of the rows at `positions`, in their order."""
    predicted = model.predict(ordered_batches(sample, positions, batch), verbose=0)
    return np.asarray(predicted, np.float64)


def _one_hot(sample: SamplePictures) -> NDArray[np.float32]:
    return np.eye(len(sample.classes), dtype=np.float32)[sample.labels()]
