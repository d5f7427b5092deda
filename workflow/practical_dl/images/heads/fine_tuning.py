"""Training the last convolutions of a pre-trained network, from stored features of the layer
before them, against the same network with these convolutions frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from practical_dl.images.features.batches import Source, ordered_batches, training_batches
from practical_dl.images.heads.fitting import Head
from practical_dl.images.networks.heads import lesson_head
from practical_dl.images.networks.inserted_batch_norm import channel_moments, insert
from practical_dl.job.errors import SettingError
from practical_dl.job.runtime import Log
from practical_dl.training.fit import fit
from practical_dl.training.recipe import Recipe
from practical_dl.training.schedules import Schedule

if TYPE_CHECKING:
    import keras

VARIANTS = ("frozen", "tuned", "batch_norm")


def cut_tail(network: "keras.Model", layer: str, until: str) -> "keras.Model":
    """The layers of `network` behind `layer`, up to and including `until`, as a network.

    Raises:
        SettingError: there are no such layers, or no weights between them.
    """
    import keras

    names = [candidate.name for candidate in network.layers]
    for name in (layer, until):
        if name not in names:
            raise SettingError(f"fine_tuning.until: {network.name} has no layer {name!r}")
    if names.index(until) <= names.index(layer):
        raise SettingError(f"fine_tuning.until: {until} does not stand behind {layer}")
    tail = keras.Model(
        network.get_layer(layer).output, network.get_layer(until).output, name="tail"
    )
    if not tail.weights:
        raise SettingError(f"fine_tuning.until: nothing to train from {layer} to {until}")
    return _copy(tail)


@dataclass(frozen=True)
class Tuning:
    """Rows, head and recipes that all variants share."""

    train: Source
    inner: Source
    head: Head
    recipe: Recipe
    schedule: Schedule
    """Of the variants, after the head was trained on the frozen tail by the recipe."""
    seed: int


def fit_variants(
    tail: "keras.Model", tuning: Tuning, log: Log
) -> Iterator[tuple[str, "keras.Model", pd.DataFrame]]:
    """Yield each variant's name, model and history; all start from one trained head.

    A head is trained on the frozen tail. Then each variant trains for the same epochs at the low
    rates of the tuning: with the tail frozen (the control), with the tail trained too, and with
    the tail trained after batch normalisation was put behind each of its convolutions. The epoch
    of each is the one best on the inner rows.
    """
    import keras

    classes = tuning.inner.targets.shape[1]
    head = lesson_head(tail.output_shape[1:], classes, tuning.head.width, tuning.head.dropout)
    frozen = _copy(tail)
    frozen.trainable = False
    _fit(_stacked(frozen, head), tuning, tuning.recipe.schedule, log)
    convolutions = [layer.name for layer in tail.layers if isinstance(layer, keras.layers.Conv2D)]
    for variant in VARIANTS:
        keras.utils.set_random_seed(tuning.seed)
        if variant == "batch_norm":
            batches = (features for features, _ in ordered_batches(tuning.train, 32))
            own_tail = insert(tail, channel_moments(tail, convolutions, batches))
        else:
            own_tail = _copy(tail)
        own_tail.trainable = variant != "frozen"
        model = _stacked(own_tail, _copy(head))
        yield variant, model, _fit(model, tuning, tuning.schedule, log)


def _fit(model: "keras.Model", tuning: Tuning, schedule: Schedule, log: Log) -> pd.DataFrame:
    recipe = tuning.recipe
    train = training_batches(
        [tuning.train], [1], recipe.batch_size, tuning.head.memory_mb, tuning.seed
    )
    inner = ordered_batches(tuning.inner, recipe.batch_size)
    return fit(
        model,
        train,
        schedule,
        "categorical_crossentropy",
        log,
        ["accuracy"],
        inner=inner,
        optimizer=recipe.optimizer,
    )


def _stacked(tail: "keras.Model", head: "keras.Model") -> "keras.Model":
    import keras

    features = keras.Input(tail.input_shape[1:], name="features")
    return keras.Model(features, head(tail(features)))


def _copy(model: "keras.Model") -> "keras.Model":
    """A copy of a model that is not frozen.

    Keras would make the variables of a frozen one anew as ones that can never be trained.
    """
    import keras

    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return copy
