"""Settled statistics for batch normalisation, before any score is believed.

Keras keeps running averages of mean and variance with a momentum of 0.99: after few and short
epochs they are still near their start (0 and 1), while the weights were trained with those of the
batches. Here they are computed anew from training rows with the weights as they are, as
"precise BN" in Wu and Johnson 2021, Rethinking "Batch" in BatchNorm, section 3.
"""

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

SETTLING_BATCHES = 16
"""Batches that the statistics are computed from: a thousand rows or so are enough there."""


def batch_norm_layers(model: "keras.Model") -> list["keras.layers.BatchNormalization"]:
    """The batch normalisations of `model` and of the models in it that are trained."""
    import keras

    found: list[Any] = []
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            found += batch_norm_layers(layer)
        elif isinstance(layer, keras.layers.BatchNormalization) and layer.trainable:
            found.append(layer)
    return found


def pooled_statistics(
    means: NDArray[Any], variances: NDArray[Any], rows: NDArray[Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and variance (channels,) of all rows from those of batches, (batches, channels).

    The law of total variance, batches weighted by their number of `rows` (batches,).
    """
    weights = (rows / rows.sum())[:, None]
    mean = (weights * means).sum(axis=0)
    variance = (weights * (variances + (means - mean) ** 2)).sum(axis=0)
    return mean, variance


class Settler:
    """Sets the statistics of a model's batch normalisations to those of fixed training batches."""

    def __init__(self, model: "keras.Model", train: Any) -> None:
        """`train` is a tf.data set of batches whose first element is the model's input."""
        self._layers = batch_norm_layers(model)
        self._batches = [batch[0] for batch in train.take(SETTLING_BATCHES)]
        self._forward = _forward_of(model, self._layers, train.element_spec[0])

    def settle(self) -> None:
        """Recompute the statistics with the weights that the model has now."""
        momenta = [layer.momentum for layer in self._layers]
        for layer in self._layers:
            layer.momentum = 0.0
        try:
            batches = [self._statistics(inputs) for inputs in self._batches]
        finally:
            for layer, momentum in zip(self._layers, momenta, strict=True):
                layer.momentum = momentum
        rows = np.array([_rows(inputs) for inputs in self._batches], np.float64)
        for layer, seen in zip(self._layers, zip(*batches, strict=True), strict=True):
            mean, variance = pooled_statistics(
                np.array([mean for mean, _ in seen]), np.array([var for _, var in seen]), rows
            )
            layer.moving_mean.assign(mean)
            layer.moving_variance.assign(variance)

    def _statistics(self, inputs: Any) -> list[tuple[NDArray[Any], NDArray[Any]]]:
        """Mean and variance of one batch in each layer; momentum 0 leaves nothing else there."""
        self._forward(inputs)
        return [
            (layer.moving_mean.numpy(), layer.moving_variance.numpy()) for layer in self._layers
        ]


_FORWARDS: weakref.WeakKeyDictionary[Any, tuple[Any, Any]] = weakref.WeakKeyDictionary()


def _forward_of(model: "keras.Model", layers: list[Any], spec: Any) -> Callable[[Any], Any]:
    """The traced forward pass of a model in training; of one that trains again, the same.

    Tracing takes a small model longer than its pass. The pass holds the momenta of the layers that
    are settled, so it serves as long as these are the same.
    """
    import tensorflow as tf

    key = [id(layer) for layer in layers], spec
    if model not in _FORWARDS or _FORWARDS[model][0] != key:
        held = weakref.ref(model)

        def forward(inputs: Any) -> Any:
            return held()(inputs, training=True)  # type: ignore[misc]

        _FORWARDS[model] = key, tf.function(forward, input_signature=[spec])
    return _FORWARDS[model][1]


def settling_callback(settler: Settler, before_tests: bool) -> "keras.callbacks.Callback":
    """Settle before each validation (`before_tests`), or once when the training ends."""
    import keras

    class Settling(keras.callbacks.Callback):
        def on_test_begin(self, logs: Any = None) -> None:  # noqa: ARG002
            if before_tests:
                settler.settle()

        def on_train_end(self, logs: Any = None) -> None:  # noqa: ARG002
            if not before_tests:
                settler.settle()

    return Settling()


def _rows(inputs: Any) -> int:
    """Rows of a batch: a tensor, or a nest of tensors."""
    import tensorflow as tf

    return int(tf.nest.flatten(inputs)[0].shape[0])
