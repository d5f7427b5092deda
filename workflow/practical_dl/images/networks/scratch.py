"""The networks that the lesson trains from scratch on small pictures.

fast.ai Practical Deep Learning, lesson 4: statefarm-sample.ipynb and statefarm.ipynb. All of them
normalise the raw pixels by a batch normalisation and end in a softmax.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras

L2_WEIGHT = 0.01
DENSE_UNITS = 200
HIDDEN_UNITS = 100
DROPOUT = 0.5


def linear(shape: Sequence[int], classes: int) -> "keras.Model":
    """One dense softmax on all pixels: the floor that every other model has to clear."""
    from keras import layers

    return _sequence(shape, [layers.Flatten(), layers.Dense(classes, activation="softmax")])


def linear_l2(shape: Sequence[int], classes: int) -> "keras.Model":
    """`linear` with an L2 penalty of 0.01 on its weights."""
    from keras import layers, regularizers

    penalty = regularizers.L2(L2_WEIGHT)
    dense = layers.Dense(classes, activation="softmax", kernel_regularizer=penalty)
    return _sequence(shape, [layers.Flatten(), dense])


def hidden(shape: Sequence[int], classes: int) -> "keras.Model":
    """One hidden layer of 100 units, normalised."""
    from keras import layers

    return _sequence(
        shape,
        [
            layers.Flatten(),
            layers.Dense(HIDDEN_UNITS, activation="relu"),
            _batch_norm(),
            layers.Dense(classes, activation="softmax"),
        ],
    )


def conv1(
    shape: Sequence[int],
    classes: int,
    width: int = DENSE_UNITS,
    dropout: float = 0.0,
    conv_dropout: float = 0.0,
) -> "keras.Model":
    """Two convolutions (32 and 64 filters, 3x3, unpadded), each with a 3x3 max-pool; one dense.

    `dropout` follows the dense layer of `width` units, `conv_dropout` each pool.
    """
    from keras import layers

    return _sequence(
        shape,
        [
            *_convolution(32, 3, conv_dropout),
            *_convolution(64, 3, conv_dropout),
            layers.Flatten(),
            *_dense(width, dropout),
            layers.Dense(classes, activation="softmax"),
        ],
    )


def conv3(
    shape: Sequence[int],
    classes: int,
    width: int = DENSE_UNITS,
    dropout: float = DROPOUT,
    conv_dropout: float = 0.0,
) -> "keras.Model":
    """Three convolutions (32, 64, 128) with 2x2 max-pools; two dense layers with dropout."""
    from keras import layers

    return _sequence(
        shape,
        [
            *_convolution(32, 2, conv_dropout),
            *_convolution(64, 2, conv_dropout),
            *_convolution(128, 2, conv_dropout),
            layers.Flatten(),
            *_dense(width, dropout),
            *_dense(width, dropout),
            layers.Dense(classes, activation="softmax"),
        ],
    )


Builder = Callable[..., "keras.Model"]
BUILDERS: dict[str, Builder] = {
    "linear": linear,
    "linear_l2": linear_l2,
    "hidden": hidden,
    "conv1": conv1,
    "conv3": conv3,
}
"""The models by the name that the configuration and the results use; all take shape and classes."""


def _sequence(shape: Sequence[int], layers_after_input: list[Any]) -> "keras.Model":
    import keras

    return keras.Sequential([keras.Input(tuple(shape)), _batch_norm(), *layers_after_input])


def _convolution(filters: int, pool: int, dropout: float) -> list[Any]:
    from keras import layers

    return [
        layers.Conv2D(filters, 3, activation="relu"),
        _batch_norm(),
        layers.MaxPooling2D(pool),
        *_dropout(dropout),
    ]


def _dense(width: int, dropout: float) -> list[Any]:
    from keras import layers

    return [layers.Dense(width, activation="relu"), _batch_norm(), *_dropout(dropout)]


def _dropout(share: float) -> list[Any]:
    from keras import layers

    return [layers.Dropout(share)] if share else []


def _batch_norm() -> Any:
    from practical_dl.images.networks.fused_batch_norm import FusedBatchNormalization

    return FusedBatchNormalization()
