"""The networks that read reviews as word indices; the last layer is that of `output_layer`.

Those of fast.ai Practical Deep Learning, lesson 5 (lesson5.ipynb), keep its layers and numbers, but
for those on given vectors, which pool over the whole review (`_convolutions_on`). Where Keras 1
dropped whole words from an embedding, whole dimensions of it are dropped here: on the validation
films of IMDB that reaches the same loss in half the epochs, with a layer that Keras 3 still has.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

Vectors = NDArray[np.float32]

VECTORS_LAYER = "vectors"
EMBEDDING = 32
LSTM_UNITS = 100
AVERAGED_WIDTH = 16


def output_layer(classes: int) -> "keras.layers.Layer":
    """Of two classes the probability of the second (n, 1), of more one for each (n, classes)."""
    from keras import layers

    if classes == 2:
        return layers.Dense(1, activation="sigmoid")
    return layers.Dense(classes, activation="softmax")


def hidden_model(vocabulary: int, length: int, classes: int = 2) -> "keras.Model":
    """The lesson's first: embeddings of 32, flattened, one hidden layer; (n, length).

    The hidden layer starts near zero: of its thousands of inputs a review fills some.
    """
    import keras
    from keras import layers

    near_zero = keras.initializers.RandomUniform(-0.002, 0.002)

    return keras.Sequential(
        [
            keras.Input((length,), dtype="int32"),
            layers.Embedding(vocabulary, EMBEDDING),
            layers.Flatten(),
            layers.Dense(100, activation="relu", kernel_initializer=near_zero),
            layers.Dropout(0.7),
            output_layer(classes),
        ],
        name="hidden",
    )


def convolution_model(
    vocabulary: int,
    length: int,
    classes: int = 2,
    *,
    embedding: int = EMBEDDING,
    filters: int = 64,
    width: int = 5,
    dense: int = 100,
    dropout: float = 0.2,
    dense_dropout: float = 0.7,
) -> "keras.Model":
    """The lesson's convolution (conv1): `filters` patterns over `width` words, max-pool of 2, one
    hidden layer; (n, length).
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
            output_layer(classes),
        ],
        name="convolution",
    )


def vectors_model(vectors: Vectors, classes: int = 2) -> "keras.Model":
    """The lesson's convolution over five words on given vectors (vocabulary, width), frozen.

    Whether they stay so is for `thaw_vectors` and a new compilation to say.
    """
    return _convolutions_on(vectors, classes, (5,), trainable=False, name="vectors")


def thaw_vectors(model: "keras.Model") -> None:
    """Let the vectors of a `vectors_model` be trained, from its next compilation on."""
    model.get_layer(VECTORS_LAYER).trainable = True


def multi_size_model(vectors: Vectors, classes: int = 2) -> "keras.Model":
    """The lesson's convolutions over three, four and five words side by side, vectors trained."""
    return _convolutions_on(vectors, classes, (3, 4, 5), trainable=True, name="multi_size")


def lstm_model(vocabulary: int, _: int, classes: int = 2) -> "keras.Model":
    """The lesson's LSTM, its outputs averaged over the words of a review; padding is masked.

    The last output alone, as in the lesson, has to carry the first words of a review to its end.
    Without cuDNN, which Keras would choose on a GPU and which refuses padding in front.
    """
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(
                vocabulary,
                EMBEDDING,
                mask_zero=True,
                embeddings_regularizer=keras.regularizers.L2(1e-6),
            ),
            layers.SpatialDropout1D(0.2),
            layers.LSTM(LSTM_UNITS, return_sequences=True, use_cudnn=False),
            layers.GlobalAveragePooling1D(),
            output_layer(classes),
        ],
        name="lstm",
    )


def average_model(features: int, _: int, classes: int = 2) -> "keras.Model":
    """The mean of the vectors of words and pairs of words, then one output; padding is masked.

    fastText without its hashing: Joulin, Grave, Bojanowski, Mikolov 2017, EACL, section 2.
    """
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(features, AVERAGED_WIDTH, mask_zero=True),
            layers.GlobalAveragePooling1D(),
            output_layer(classes),
        ],
        name="bigram_average",
    )


BUILDERS: dict[str, Callable[[int, int, int], "keras.Model"]] = {
    "hidden": hidden_model,
    "convolution": convolution_model,
    "lstm": lstm_model,
    "bigram_average": average_model,
}
"""Each from the number of indices, the length of a review, and the number of classes."""


def _convolutions_on(
    vectors: Vectors, classes: int, widths: Sequence[int], trainable: bool, name: str
) -> "keras.Model":
    """Mean and maximum over the review of 64 patterns of each width, then one hidden layer.

    The lesson pooled pairs of places and gave each place weights of its own. These need no place
    and no padding: a padded word is a zero, its outputs are left out, so reviews of any length
    can be read. Each kind of pooling is normalised on its own, or the means, small beside the
    maxima, would hardly be learned from.
    """
    import keras
    from keras import layers

    words = keras.Input((None,), dtype="int32")
    is_word = keras.ops.expand_dims(keras.ops.cast(keras.ops.not_equal(words, 0), "float32"), 2)
    embedded = layers.Embedding(
        *vectors.shape, weights=vectors, trainable=trainable, name=VECTORS_LAYER
    )(words)
    embedded = layers.Multiply()([layers.Dropout(0.25)(embedded), is_word])
    count = keras.ops.maximum(keras.ops.sum(is_word, axis=1), 1)
    pooled = []
    for width in widths:
        found = layers.Conv1D(64, width, padding="same", activation="relu")(embedded)
        found = layers.Multiply()([found, is_word])
        mean = keras.ops.sum(found, axis=1) / count
        pooled.append(layers.LayerNormalization()(mean))
        pooled.append(layers.LayerNormalization()(layers.GlobalMaxPooling1D()(found)))
    joined = layers.Dropout(0.3)(layers.Concatenate()(pooled))
    hidden = layers.Dropout(0.5)(layers.Dense(100, activation="relu")(joined))
    return keras.Model(words, output_layer(classes)(hidden), name=name)
