"""Every number of the convolution by hand, compared with Keras."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from practical_dl.small.convolution.arithmetic import Array
from practical_dl.small.convolution.network import (
    CHECK_TYPES,
    FILTER,
    FILTERS,
    Lesson,
    Variant,
    Weights,
)

if TYPE_CHECKING:
    import keras

TOLERANCE = 1e-12


def _keras_model(variant: Variant, size: int) -> "keras.Model":
    """The variant as Keras layers in double precision, without biases, as in the lecture."""
    from keras import Model, layers

    padding = "same" if variant.padded else "valid"
    options = {
        "padding": padding,
        "activation": "relu",
        "use_bias": False,
        "dtype": "float64",
    }
    start = layers.Input((size, size, 1), dtype="float64", name="input")
    flow = layers.Conv2D(FILTERS, FILTER, name="conv1", **options)(start)
    stride = 1 if variant.pooled else 2
    flow = layers.Conv2D(FILTERS, FILTER, strides=stride, name="conv2", **options)(flow)
    if variant.pooled:
        flow = layers.MaxPooling2D(2, name="pool", dtype="float64")(flow)
    flow = layers.Flatten(name="flatten", dtype="float64")(flow)
    answer = layers.Dense(1, use_bias=False, name="dense", dtype="float64")(flow)
    return Model(start, answer, name=variant.name)


def check_all(lesson: Lesson) -> pd.DataFrame:
    """`check_variant` of every variant."""
    return pd.concat(
        check_variant(lesson.picture, weights, variant, lesson.layers[variant])
        for variant, weights in lesson.weights.items()
    )


def check_variant(
    picture: Array, weights: Weights, variant: Variant, layers: dict[str, Array]
) -> pd.DataFrame:
    """One row per layer: how many numbers, and their largest difference from Keras.

    Raises:
        ArithmeticError: a number or a count of parameters differs from Keras'.
    """
    import keras

    model = _keras_model(variant, len(picture))
    model.set_weights([weights.first, weights.second, weights.dense.reshape(-1, 1)])
    names = list(layers)[1:]
    outputs = [model.get_layer(name).output for name in names]
    theirs = keras.Model(model.input, outputs)(picture[None, :, :, None])
    rows = []
    for name, their in zip(names, theirs, strict=True):
        ours = layers[name]
        difference = float(np.max(np.abs(np.asarray(their)[0] - ours)))
        if not difference <= TOLERANCE * max(1.0, float(np.max(np.abs(ours)))):
            raise ArithmeticError(f"{variant.name}: {name} differs from Keras by {difference:.3g}")
        count = model.get_layer(name).count_params()
        if count != weights.counts().get(name, 0):
            raise ArithmeticError(f"{variant.name}: {name} has {count} parameters in Keras")
        rows.append((variant.name, name, ours.size, count, difference))
    return pd.DataFrame(rows, columns=list(CHECK_TYPES))
