"""An LSTM that reads before it judges: it learns which word comes next, from unlabelled texts.

The network that judges reviews starts from what it has learned, instead of random weights:
Dai and Le 2015, NIPS, "Semi-supervised sequence learning".
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.reviews.corpus.feeding import Tokens, ordered_batches, training_batches
from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import rows_of
from practical_dl.reviews.corpus.tokens import cap
from practical_dl.reviews.models.networks import EMBEDDING, LSTM_UNITS, lstm_model
from practical_dl.training.fit import fit
from practical_dl.training.recipe import Recipe

if TYPE_CHECKING:
    import keras

PASSAGE = 100
BATCH = 32
BETWEEN = 0
DRAWN = 512
DROPOUT = 0.2
LOSS = "mae"
"""A `next_word_model` gives its loss itself, never below zero: the distance from zero."""


def pretrain(
    tokens: Ragged, roles: NDArray[Any], vocabulary: int, recipe: Recipe, seed: int, log: Log
) -> tuple["keras.Model", pd.DataFrame]:
    """Read the training reviews; the reader of the epoch best on validation films, and a history.

    Args:
        tokens: of all reviews, at full length.
        roles: (reviews,) train, valid or test.
        vocabulary: the indices in use; all rarer words get the last.
    """
    configure_tensorflow(seed)
    capped = cap(tokens[0], vocabulary), tokens[1]
    parts = [rows_of(capped, roles == role) for role in ("train", "valid")]
    length = min(PASSAGE, *(len(values) + len(offsets) - 1 for values, offsets in parts))
    train, valid = (passages(part, length) for part in parts)
    reader = reader_model(vocabulary)
    history = fit(
        next_word_model(reader, np.bincount(train.ravel(), minlength=vocabulary)),
        training_batches(train, np.zeros(len(train), np.int64), recipe.batch_size, seed),
        recipe.schedule,
        LOSS,
        log,
        inner=ordered_batches(valid, np.zeros(len(valid), np.int64), recipe.batch_size),
        optimizer=recipe.optimizer,
    )
    return reader, history


def passages(tokens: Ragged, length: int) -> Tokens:
    """The texts one after the other, a 0 before each, as rows (n, length); the rest is left out.

    Raises:
        UserError: the texts are too short for one row.
    """
    values, offsets = tokens
    stream = np.insert(values, offsets[:-1], BETWEEN)
    count = len(stream) // length
    if not count:
        raise UserError(f"too few words for a passage of {length}; give longer reviews")
    return stream[: count * length].reshape(count, length)


def reader_model(vocabulary: int) -> "keras.Model":
    """The lesson's embeddings and LSTM: word indices (n, length) to states (n, length, 100).

    Embeddings start wider than Keras draws them: they are what the next word is told by.
    """
    import keras
    from keras import layers

    wide = keras.initializers.RandomNormal(stddev=0.1)

    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(vocabulary, EMBEDDING, embeddings_initializer=wide),
            layers.SpatialDropout1D(DROPOUT),
            layers.LSTM(LSTM_UNITS, return_sequences=True, use_cudnn=False),
        ],
        name="reader",
    )


def next_word_model(reader: "keras.Model", counts: NDArray[np.int64]) -> "keras.Model":
    """The `reader`'s loss at each passage, in nats per word: word indices (n, length) to (n, 1).

    A word's probability after a state is the softmax over its product with the embeddings of all
    words (Press and Wolf 2017, EACL). In training, of some words instead of all (Jean, Cho,
    Memisevic, Bengio 2015, ACL, section 3), drawn by how often each stands in the texts.

    Args:
        counts: (vocabulary,) how often.
    """
    import keras
    import tensorflow as tf
    from keras import layers

    class NextWord(layers.Layer):
        """States (n, length, units) and the words (n, length) that they followed to (n, 1)."""

        def __init__(self, words: "keras.layers.Embedding") -> None:
            super().__init__(name="next_word")
            self.words = words
            self.towards = layers.Dense(EMBEDDING, use_bias=False)
            self.often = self.add_weight((len(counts),), initializer="zeros", name="often")

        def call(
            self, states: "tf.Tensor", passage: "tf.Tensor", training: bool = False
        ) -> "tf.Tensor":
            expected = tf.reshape(self.towards(states[:, :-1]), (-1, EMBEDDING))
            following = tf.reshape(passage[:, 1:], (-1,))
            loss = (self._drawn if training else self._exact)(expected, following)
            return tf.reduce_mean(tf.reshape(loss, tf.shape(passage[:, 1:])), axis=1, keepdims=True)

        def _drawn(self, expected: "tf.Tensor", following: "tf.Tensor") -> "tf.Tensor":
            true = tf.cast(following[:, None], tf.int64)
            drawn = tf.random.fixed_unigram_candidate_sampler(
                true,
                num_true=1,
                num_sampled=min(DRAWN, len(counts) // 2),
                unique=True,
                range_max=len(counts),
                unigrams=np.maximum(counts, 1).tolist(),
            )
            return tf.nn.sampled_softmax_loss(
                self.words.embeddings.value,
                self.often.value,
                true,
                expected,
                num_sampled=drawn.sampled_candidates.shape[0],
                num_classes=len(counts),
                sampled_values=drawn,
            )

        def _exact(self, expected: "tf.Tensor", following: "tf.Tensor") -> "tf.Tensor":
            scores = tf.matmul(expected, self.words.embeddings, transpose_b=True) + self.often
            return tf.nn.sparse_softmax_cross_entropy_with_logits(following, scores)

    passage = keras.Input((None,), dtype="int32")
    return keras.Model(passage, NextWord(reader.layers[0])(reader(passage), passage))


def lstm_that_read(
    reader: "keras.Model", vocabulary: int, length: int, classes: int = 2
) -> "keras.Model":
    """An `lstm_model` that starts from what the `reader` has learned."""
    model = lstm_model(vocabulary, length, classes)
    start_from(model, reader)
    return model


def start_from(model: "keras.Model", reader: "keras.Model") -> None:
    """Give the embeddings and the LSTM of an `lstm_model` what the `reader` has learned."""
    own = {type(layer): layer for layer in model.layers}
    for layer in reader.layers:
        own[type(layer)].set_weights(layer.get_weights())
