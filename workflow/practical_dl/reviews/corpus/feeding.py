"""Feeding reviews to a network, and asking it for probabilities.

A network that reads any number of words gets batches of reviews of like length, without the
padding that all of a batch have: with masking the result is the same, in half the time.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from practical_dl.scoring.by_class import of_both

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

Tokens = NDArray[np.int32]
Labels = NDArray[np.int64]

LOSS = "binary_crossentropy"
LOSS_OF_MORE = "sparse_categorical_crossentropy"
PREDICTION_BATCH = 512
LENGTH_BORDERS = (0.2, 0.4, 0.6, 0.8)
LEAST_STEPS = 40
"""Of an epoch: schedules are made for thousands of reviews, a few hundred fill a few batches."""


def passes_of_epoch(rows: int, batch: int) -> int:
    """How often an epoch goes over so few rows that once would be less than `LEAST_STEPS`."""
    return -(-LEAST_STEPS // -(-rows // batch))


def training_batches(
    tokens: Tokens, labels: Labels, batch: int, seed: int, passes: int = 1
) -> "tf.data.Dataset":
    """Batches of (tokens, labels as a column) in an order that is new in each epoch and pass."""
    return _batches(tokens, labels, _shuffled(len(tokens), seed, passes).batch(batch))


def ordered_batches(tokens: Tokens, labels: Labels, batch: int) -> "tf.data.Dataset":
    """Batches of (tokens, labels as a column) in the order given."""
    return _batches(tokens, labels, _rows(len(tokens)).batch(batch))


def trimmed_batches(
    tokens: Tokens, labels: Labels, batch: int, seed: int, passes: int = 1
) -> "tf.data.Dataset":
    """Like `training_batches`, of reviews of like length, the padding of a whole batch cut off."""
    import tensorflow as tf

    lengths = _lengths(tokens)
    borders = np.unique(np.quantile(lengths, LENGTH_BORDERS).astype(int) + 1).tolist()
    of_row = tf.constant(lengths, tf.int32)
    rows = _shuffled(len(tokens), seed, passes).bucket_by_sequence_length(
        lambda row: tf.gather(of_row, row), borders, [batch] * (len(borders) + 1)
    )
    of_length = np.bincount(np.searchsorted(borders, lengths, side="right"))
    count = int((-(-of_length * passes // batch)).sum())
    trimmed = _batches(tokens, labels, rows).map(lambda x, y: (_trim(x), y))
    return trimmed.apply(tf.data.experimental.assert_cardinality(count))


def batches_for(
    model: "keras.Model", tokens: Tokens, labels: Labels, batch: int, seed: int, passes: int = 1
) -> "tf.data.Dataset":
    """The training batches that suit the model: trimmed where it reads any number of words."""
    make = trimmed_batches if model.input_shape[1] is None else training_batches
    return make(tokens, labels, batch, seed, passes)


def is_of_two(model: "keras.Model") -> bool:
    """Whether the model gives one probability, that of the second of two classes."""
    return bool(model.output_shape[-1] == 1)


def loss_of(model: "keras.Model") -> str:
    """The loss that suits the model's output."""
    return LOSS if is_of_two(model) else LOSS_OF_MORE


def probabilities(model: "keras.Model", tokens: Tokens) -> NDArray[np.float64]:
    """Probabilities (n, classes) of the reviews."""
    import tensorflow as tf

    order = np.argsort(_lengths(tokens), kind="stable")
    if model.input_shape[1] is not None:
        order = np.arange(len(tokens))
    rows = tf.data.Dataset.from_tensor_slices(order).batch(PREDICTION_BATCH)
    inputs = tf.constant(tokens)
    batches = rows.map(lambda chosen: tf.gather(inputs, chosen))
    if model.input_shape[1] is None:
        batches = batches.map(_trim)
    found = np.empty((len(tokens), model.output_shape[-1]))
    found[order] = model.predict(batches, verbose=0)
    return of_both(found[:, 0]) if is_of_two(model) else found


def _lengths(tokens: Tokens) -> NDArray[np.int64]:
    return (tokens > 0).sum(axis=1)


def _trim(tokens: "tf.Tensor") -> "tf.Tensor":
    import tensorflow as tf

    filled = tf.cast(tf.reduce_any(tokens > 0, axis=0), tf.int32)
    first, after = tf.argmax(filled), tf.argmax(filled[::-1])
    return tokens[:, first : tf.shape(tokens, tf.int64)[1] - after]


def _rows(count: int) -> "tf.data.Dataset":
    import tensorflow as tf

    return tf.data.Dataset.range(count)


def _shuffled(count: int, seed: int, passes: int) -> "tf.data.Dataset":
    rows = _rows(count).shuffle(count, seed=seed)
    return rows.repeat(passes) if passes > 1 else rows


def _batches(tokens: Tokens, labels: Labels, rows: "tf.data.Dataset") -> "tf.data.Dataset":
    """Shuffling row numbers and gathering whole batches costs a fraction of shuffling rows."""
    import tensorflow as tf

    inputs = tf.constant(tokens)
    targets = tf.constant(labels.reshape(-1, 1), tf.float32)
    return rows.map(lambda chosen: (tf.gather(inputs, chosen), tf.gather(targets, chosen)))
