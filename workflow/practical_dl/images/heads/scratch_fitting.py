"""Training a network from scratch on the full data: streamed pictures, changed as they come."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from practical_dl.images.augmentation.half_pictures import joined_in_batch
from practical_dl.images.features.batches import Source, ordered_batches, training_batches
from practical_dl.images.networks.scratch import BUILDERS
from practical_dl.images.pictures.augmentation import Amounts, augment
from practical_dl.job.runtime import Log
from practical_dl.training.fit import fit
from practical_dl.training.recipe import Recipe

if TYPE_CHECKING:
    import keras
    import tensorflow as tf


@dataclass(frozen=True)
class Network:
    """A network from scratch, and how the pictures that it is trained on are changed."""

    model: str
    width: int
    dropout: float
    conv_dropout: float
    halves: float
    amounts: Amounts

    @classmethod
    def of(cls, settings: Mapping[str, Any], best: Amounts) -> "Network":
        """From a section of the configuration; `best` are the amounts that the sweep chose."""
        chosen = dict(settings)
        follows = chosen.pop("augmentation") == "sweep"
        return cls(**chosen, amounts=best if follows else {})


def fit_network(
    train: Source,
    inner: Source,
    network: Network,
    recipe: Recipe,
    memory_mb: int,
    seed: int,
    log: Log,
) -> tuple["keras.Model", pd.DataFrame]:
    """The model of the epoch best on `inner`, trained on changed pictures of `train`."""
    shape, classes = inner.store.shape, inner.targets.shape[1]
    build = BUILDERS[network.model]
    model = build(shape, classes, network.width, network.dropout, network.conv_dropout)
    batches = training_batches([train], [1], recipe.batch_size, memory_mb, seed)
    history = fit(
        model,
        changed_batches(batches, network.amounts, network.halves, seed),
        recipe.schedule,
        "categorical_crossentropy",
        log,
        ["accuracy"],
        inner=ordered_batches(inner, recipe.batch_size),
    )
    return model, history


def changed_batches(
    batches: "tf.data.Dataset", amounts: Amounts, halves: float, seed: int
) -> "tf.data.Dataset":
    """(pictures, targets) with each picture changed by draws of its own, others at each pass.

    A share `halves` of them first gets the right half of another picture of its class.
    """
    import tensorflow as tf

    seeds = tf.data.Dataset.random(seed=seed, rerandomize_each_iteration=True).batch(2)

    def change(batch: Any, drawn: Any) -> Any:
        pictures, targets = batch
        draws = tf.cast(drawn, tf.int32)
        if halves:
            pictures = joined_in_batch(pictures, targets, halves, draws + 1)
        return augment(pictures, amounts, draws), targets

    changed = tf.data.Dataset.zip(batches, seeds).map(change)
    count = tf.data.experimental.cardinality(batches)
    return changed.apply(tf.data.experimental.assert_cardinality(count)).prefetch(2)
