"""Dense heads on stored convolutional features."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from practical_dl.images.networks.grid import Point

if TYPE_CHECKING:
    import keras

BATCH_NORM_MOMENTUM = 0.9


def lesson_head(
    input_shape: Sequence[int], classes: int, width: int, dropout: float, pool: str = "none"
) -> "keras.Model":
    """The lesson's head: max-pool, flatten, two dropped and normalised dense layers, softmax.

    Half of `dropout` stands before the first two dense layers and all of it before the softmax
    (fast.ai Practical Deep Learning, lesson 4, statefarm.ipynb, get_bn_layers). The running
    averages of the batch normalisation have a momentum of 0.9, since with Keras' 0.99 a few
    short epochs leave them far from the data's. Features are (height, width, channels), or
    (channels,); `pool` says how they were pooled when they were stored, and only those that were
    not are max-pooled here.
    """
    import keras
    from keras import layers

    pooling = [layers.MaxPooling2D()] if len(input_shape) == 3 and pool == "none" else []
    return keras.Sequential(
        [
            keras.Input(tuple(input_shape)),
            *pooling,
            layers.Flatten(),
            layers.Dropout(dropout / 2),
            layers.Dense(width, activation="relu"),
            layers.BatchNormalization(momentum=BATCH_NORM_MOMENTUM),
            layers.Dropout(dropout / 2),
            layers.Dense(width, activation="relu"),
            layers.BatchNormalization(momentum=BATCH_NORM_MOMENTUM),
            layers.Dropout(dropout),
            layers.Dense(classes, activation="softmax"),
        ],
        name="lesson_head",
    )


def grid_head(input_shape: Sequence[int], classes: int, point: Point) -> "keras.Model":
    """The head of a point of the grid on (height, width, channels).

    With max-pooling, two layers of 128 and a dropout of 0.8, `dense` is the lesson's head and,
    with 256, `dropped` its head for augmented features (get_bn_da_layers). A convolution keeps
    the maps' size; it is pooled behind the convolutions instead of before the dense layers.
    """
    import keras
    from keras import layers

    before = point.dropout if point.head == "dropped" else point.dropout / 2
    pooling = {
        "none": [layers.Flatten()],
        "max": [layers.MaxPooling2D(padding="same"), layers.Flatten()],
        "average": [layers.GlobalAveragePooling2D()],
    }[point.pool]
    spatial = point.head == "convolution"
    hidden = [
        layer
        for _ in range(point.depth)
        for layer in (
            layers.Dropout(before),
            layers.Conv2D(point.width, 3, padding="same", activation="relu")
            if spatial
            else layers.Dense(point.width, activation="relu"),
            layers.BatchNormalization(momentum=BATCH_NORM_MOMENTUM),
        )
    ]
    return keras.Sequential(
        [
            keras.Input(tuple(input_shape)),
            *([*hidden, *pooling] if spatial else [*pooling, *hidden]),
            layers.Dropout(point.dropout),
            layers.Dense(classes, activation="softmax"),
        ],
        name="grid_head",
    )


def plain_head(
    input_shape: Sequence[int], classes: int, width: int, dropout: float
) -> "keras.Model":
    """One hidden layer with dropout on both sides, without batch normalisation.

    So its predictions depend on its weights alone, not on statistics of what else it was shown.
    """
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(tuple(input_shape)),
            layers.Dropout(dropout / 2),
            layers.Dense(width, activation="relu"),
            layers.Dropout(dropout),
            layers.Dense(classes, activation="softmax"),
        ],
        name="plain_head",
    )
