"""The lesson's 1-D convolution over word embeddings: building, feeding and predicting."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.predictions import class_frame
from practical_dl.reviews.classes import CLASSES

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

Tokens = NDArray[np.int32]

LOSS = "binary_crossentropy"
PREDICTION_BATCH = 512


def convolution_model(
    vocabulary: int,
    length: int,
    *,
    embedding: int = 32,
    filters: int = 64,
    width: int = 5,
    dense: int = 100,
    dropout: float = 0.2,
    dense_dropout: float = 0.7,
) -> "keras.Model":
    """Probability that a review is positive: (n, length) word indices to (n, 1).

    The network of fast.ai Practical Deep Learning, lesson 5 (lesson5.ipynb, conv1): `filters`
    patterns over `width` words, max-pool of 2, one hidden layer. Where Keras 1 dropped whole
    words from the embedding, whole dimensions of it are dropped here: on the validation films of
    IMDB that reaches the same loss in half the epochs, with a layer that Keras 3 still has.
    """
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((length,), dtype="int32"),
            layers.Embedding(vocabulary, embedding),
            layers.SpatialDropout1D(dropout),
            layers.Dropout(dropout),
            layers.Conv1D(filters, width, padding="same", activation="relu"),
            layers.Dropout(dropout),
            layers.MaxPooling1D(2),
            layers.Flatten(),
            layers.Dense(dense, activation="relu"),
            layers.Dropout(dense_dropout),
            layers.Dense(1, activation="sigmoid"),
        ],
        name="convolution",
    )


def training_batches(
    tokens: Tokens, labels: NDArray[np.int64], batch: int, seed: int
) -> "tf.data.Dataset":
    """Batches of (tokens, labels as a column) in an order that is new in each epoch."""
    return _batches(tokens, labels, batch, _rows(len(tokens)).shuffle(len(tokens), seed=seed))


def ordered_batches(tokens: Tokens, labels: NDArray[np.int64], batch: int) -> "tf.data.Dataset":
    """Batches of (tokens, labels as a column) in the order given."""
    return _batches(tokens, labels, batch, _rows(len(tokens)))


def predict_probabilities(model: "keras.Model", tokens: Tokens) -> NDArray[np.float64]:
    """Probabilities (n, 2) of a negative and a positive review."""
    positive = model.predict(tokens, batch_size=PREDICTION_BATCH, verbose=0)
    positive = positive[:, 0].astype(np.float64)
    return np.column_stack([1 - positive, positive])


def predictions_frame(reviews: pd.DataFrame, probabilities: NDArray[np.float64]) -> pd.DataFrame:
    """The content of predictions.csv: id, group (the film), true (neg or pos), neg, pos.

    Args:
        reviews: columns review_id, film and label (0 or 1), a row for each of `probabilities`.
        probabilities: (n, 2) of a negative and a positive review.
    """
    true = [CLASSES[label] for label in reviews["label"]]
    ids, films = list(reviews["review_id"]), list(reviews["film"])
    return class_frame(ids, films, true, CLASSES, probabilities)


def _rows(count: int) -> "tf.data.Dataset":
    import tensorflow as tf

    return tf.data.Dataset.range(count)


def _batches(
    tokens: Tokens, labels: NDArray[np.int64], batch: int, rows: "tf.data.Dataset"
) -> "tf.data.Dataset":
    """Shuffling row numbers and gathering whole batches costs a fraction of shuffling rows."""
    import tensorflow as tf

    inputs = tf.constant(tokens)
    targets = tf.constant(labels.reshape(-1, 1), tf.float32)
    return rows.batch(batch).map(
        lambda chosen: (tf.gather(inputs, chosen), tf.gather(targets, chosen))
    )
