from io import StringIO
from typing import Any

import numpy as np
import pytest

from practical_dl.images.networks.fused_batch_norm import FusedBatchNormalization
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.batch_norm import Settler, batch_norm_layers, pooled_statistics
from practical_dl.training.fit import fit

keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")


@pytest.fixture
def log() -> Log:
    return Log("test", StringIO(), StringIO())


def batches(values: np.ndarray, batch: int) -> Any:
    targets = np.zeros((len(values), 1), np.float32)
    return tf.data.Dataset.from_tensor_slices((values, targets)).batch(batch)


def test_batches_pool_to_the_statistics_of_all_rows() -> None:
    """Rows 1 2 3 4 | 10: mean 4, variance 10; batch means 2.5 and 10, variances 1.25 and 0."""
    mean, variance = pooled_statistics(
        np.array([[2.5], [10.0]]), np.array([[1.25], [0.0]]), np.array([4.0, 1.0])
    )
    assert mean == pytest.approx([4.0])
    assert variance == pytest.approx([10.0])


def test_settling_finds_mean_and_variance_of_the_training_rows() -> None:
    configure_tensorflow(0)
    values = np.random.default_rng(0).normal([5, -20], [2, 9], (50, 2)).astype(np.float32)
    model = keras.Sequential([keras.Input((2,)), keras.layers.BatchNormalization()])
    [layer] = batch_norm_layers(model)
    Settler(model, batches(values, 16)).settle()
    assert layer.moving_mean.numpy() == pytest.approx(values.mean(axis=0), rel=1e-4)
    assert layer.moving_variance.numpy() == pytest.approx(values.var(axis=0), rel=1e-4)
    assert layer.momentum == 0.99
    normalised = model.predict(values, verbose=0)
    assert normalised.mean(axis=0) == pytest.approx([0, 0], abs=1e-3)
    assert normalised.std(axis=0) == pytest.approx([1, 1], abs=1e-3)


def test_layers_that_are_frozen_keep_their_statistics() -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.BatchNormalization()])
    model.layers[0].trainable = False
    assert batch_norm_layers(model) == []


def test_layers_of_a_model_in_the_model_are_found() -> None:
    inner = keras.Sequential([keras.Input((2,)), keras.layers.BatchNormalization()])
    model = keras.Sequential([keras.Input((2,)), inner, keras.layers.BatchNormalization()])
    assert len(batch_norm_layers(model)) == 2


@pytest.mark.parametrize("with_inner", [True, False])
def test_a_fit_ends_with_settled_statistics(log: Log, with_inner: bool) -> None:
    """Two steps leave Keras' own averages at 2 % of the mean of 100; settled ones are there."""
    configure_tensorflow(0)
    values = np.random.default_rng(0).normal(100, 3, (32, 1)).astype(np.float32)
    data = batches(values, 16)
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.BatchNormalization(), keras.layers.Dense(1)]
    )
    history = fit(model, data, [[1, 1e-6]], "mse", log, inner=data if with_inner else None)
    [layer] = batch_norm_layers(model)
    assert layer.moving_mean.numpy() == pytest.approx([values.mean()], rel=1e-5)
    if with_inner:
        assert history["inner_plain_loss"][0] == pytest.approx(history["plain_loss"][0], rel=0.1)


def test_the_fused_layer_computes_what_keras_computes() -> None:
    configure_tensorflow(0)
    pictures = np.random.default_rng(0).normal(50, 20, (6, 5, 4, 3)).astype(np.float32)
    results = []
    for kind in (keras.layers.BatchNormalization, FusedBatchNormalization):
        layer = kind()
        layer.build(pictures.shape)
        with tf.GradientTape() as tape:
            outputs = layer(pictures, training=True)
            loss = tf.reduce_sum(outputs**3)
        gradients = tape.gradient(loss, [layer.gamma, layer.beta])
        moving = [layer.moving_mean.numpy(), layer.moving_variance.numpy()]
        scored = layer(pictures, training=False)
        results.append([outputs.numpy(), *gradients, *moving, scored.numpy()])
    for plain, fused in zip(*results, strict=True):
        assert np.asarray(fused) == pytest.approx(np.asarray(plain), rel=1e-3, abs=1e-3)


def test_the_function_after_an_epoch_is_called_with_its_number(log: Log) -> None:
    configure_tensorflow(0)
    called: list[int] = []
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    data = batches(np.ones((4, 1), np.float32), 2)
    fit(model, data, [[3, 0.1]], "mse", log, after_epoch=called.append)
    assert called == [1, 2, 3]
