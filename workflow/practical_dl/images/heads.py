"""Dense heads on stored convolutional features."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

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
