"""Batch normalisation put into a trained network without changing what it gives.

The scale is the standard deviation and the shift the mean of what flows through, so that the layer
undoes its own normalisation (fast.ai Practical Deep Learning, lesson 5). Trained on from there it
normalises every batch by the batch's own statistics.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

Moments = tuple[NDArray[np.float64], NDArray[np.float64]]

EPSILON = 1e-3
MOMENTUM = 0.9


def channel_moments(
    model: "keras.Model", layers: Sequence[str], batches: Iterable[Any]
) -> dict[str, Moments]:
    """Mean and variance (channels,) of each named layer's output over all rows of `batches`.

    The sums are taken around the first batch's mean, in float64, and nothing else is kept.
    """
    import keras

    watched = keras.Model(model.input, {name: model.get_layer(name).output for name in layers})
    counts = dict.fromkeys(layers, 0)
    centres: dict[str, NDArray[np.float64]] = {}
    sums = {name: np.zeros(2) for name in layers}
    for batch in batches:
        for name, tensor in watched(batch, training=False).items():
            values = keras.ops.convert_to_numpy(tensor).astype(np.float64)
            values = values.reshape(-1, values.shape[-1])
            centre = centres.setdefault(name, values.mean(axis=0))
            counts[name] += len(values)
            off = values - centre
            sums[name] = sums[name].reshape(2, -1) + np.stack([off.sum(axis=0), (off**2).sum(0)])
    moments = {}
    for name in layers:
        first, second = sums[name] / counts[name]
        moments[name] = (centres[name] + first, np.maximum(second - first**2, 0))
    return moments


def insert(model: "keras.Model", moments: Mapping[str, Moments]) -> "keras.Model":
    """A copy of `model` with batch normalisation after each layer that `moments` names.

    gamma = sqrt(variance + epsilon) and beta = mean: outputs stay the same within rounding.
    """
    import keras

    inserted = {
        name: keras.layers.BatchNormalization(
            momentum=MOMENTUM, epsilon=EPSILON, name=f"{name}_batch_norm"
        )
        for name in moments
    }

    def call(layer: "keras.Layer", *inputs: Any, **options: Any) -> Any:
        given = layer(*inputs, **options)
        return inserted[layer.name](given) if layer.name in inserted else given

    copy = keras.models.clone_model(model, call_function=call)
    for layer in filter(lambda layer: layer.weights, model.layers):
        copy.get_layer(layer.name).set_weights(layer.get_weights())
    for name, (mean, variance) in moments.items():
        scale = np.sqrt(variance + EPSILON)
        inserted[name].set_weights([scale, mean, mean, variance])
    return copy
