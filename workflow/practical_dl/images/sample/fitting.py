"""Fitting a model from scratch on pictures in memory, with or without augmentation."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.networks.scratch import BUILDERS
from practical_dl.images.pictures.augmentation import Amounts, augment
from practical_dl.images.sample.store import SamplePictures
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.fit import fit_next
from practical_dl.training.recipe import Recipe

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

LOSS = "categorical_crossentropy"
Positions = NDArray[np.int64]


Compiled = dict[tuple[object, ...], "keras.Model"]
"""Models that are done with, by what makes models alike; see `fit_in_turn`."""


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
    network: str,
    recipe: Recipe,
    amounts: Amounts,
    seed: int,
    log: Log,
    compiled: "keras.Model | None" = None,
) -> tuple["keras.Model", pd.DataFrame]:
    """Train a `network` of BUILDERS on the `train` rows; return the model and its history.

    Where there are `inner` rows, the epoch best on them is kept. `compiled`: a model that this
    returned for the same network, optimizer and size of pictures, and that is done with; it is
    trained again in place of a new one (`training.fit.fit_next`).
    """
    untrained = new_model(sample, network, seed)
    batch = recipe.batch_size
    train = training_batches(sample, rows["train"], batch, amounts, seed)
    inner = ordered_batches(sample, rows["inner"], batch) if "inner" in rows else None
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


def fit_in_turn(
    compiled: Compiled,
    sample: SamplePictures,
    rows: dict[str, Positions],
    network: str,
    recipe: Recipe,
    amounts: Amounts,
    seed: int,
    log: Log,
) -> tuple["keras.Model", pd.DataFrame]:
    """`fit_sample` one of many models, those alike in place of one another.

    Models are alike by network, size of the pictures and optimizer, whatever their rows, schedules
    and amounts. `compiled` is empty at first and keeps the last model of each kind: what this
    returns is lost at the next call for a model like it.
    """
    key = (network, sample.pictures.shape[1:], len(sample.classes), repr(recipe.optimizer))
    arguments = (sample, rows, network, recipe, amounts, seed, log)
    model, history = fit_sample(*arguments, compiled.get(key))
    compiled[key] = model
    return model, history


def predict_sample(
    model: "keras.Model", sample: SamplePictures, positions: Positions, batch: int
) -> NDArray[np.float64]:
    """Probabilities (rows, classes) of the rows at `positions`, in their order."""
    predicted = model.predict(ordered_batches(sample, positions, batch), verbose=0)
    return np.asarray(predicted, np.float64)


def _one_hot(sample: SamplePictures) -> NDArray[np.float32]:
    return np.eye(len(sample.classes), dtype=np.float32)[sample.labels()]
