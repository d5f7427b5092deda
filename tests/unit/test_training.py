from io import StringIO
from typing import Any

import numpy as np
import pytest

from practical_dl.runtime import Log, configure_tensorflow
from practical_dl.training import best_epoch, fit, rates_by_epoch

keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")


@pytest.fixture
def log() -> Log:
    return Log("test", StringIO(), StringIO())


def line(rows: int, slope: float = 2.0) -> Any:
    x = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    return tf.data.Dataset.from_tensor_slices((x, slope * x)).batch(8)


def model(**options: object) -> Any:
    return keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, **options)])


def test_a_schedule_is_one_rate_an_epoch() -> None:
    assert rates_by_epoch([[1, 0.1], [2, 0.01]]) == [0.1, 0.01, 0.01]


def test_every_rate_of_the_schedule_takes_effect(log: Log) -> None:
    """A rate of 1e-12 must stop what a rate of 0.1 moves, also after the first epoch."""
    configure_tensorflow(0)
    network = model()
    history = fit(network, line(64), [[2, 1e-12], [3, 0.1], [2, 1e-12]], "mse", log)
    losses = history["plain_loss"].to_numpy()
    assert losses[1] == pytest.approx(losses[0], rel=1e-6)
    assert losses[4] < losses[1] / 2
    assert losses[6] == pytest.approx(losses[5], rel=1e-5)
    assert history["learning_rate"].tolist() == [1e-12, 1e-12, 0.1, 0.1, 0.1, 1e-12, 1e-12]


def test_a_layer_frozen_before_the_fit_stays_and_one_unfrozen_moves(log: Log) -> None:
    configure_tensorflow(0)
    network = model()
    layer = network.layers[0]
    for trainable in (False, True):
        before = layer.get_weights()[0].copy()
        layer.trainable = trainable
        fit(network, line(64), [[1, 0.1]], "mse", log)
        assert (layer.get_weights()[0] != before).any() == trainable


def test_the_weights_of_the_best_inner_epoch_are_kept(log: Log) -> None:
    """Trained towards slope 2, judged on slope 0.5: the best epoch lies on the way."""
    configure_tensorflow(0)
    network = model(kernel_initializer="zeros", use_bias=False)
    history = fit(network, line(64), [[12, 0.02]], "mse", log, inner=line(16, slope=0.5))
    best = best_epoch(history)
    assert 1 < best < 12
    reached = float(network.evaluate(line(16, slope=0.5), verbose=0)[0])
    assert reached == pytest.approx(history["inner_plain_loss"].iloc[best - 1], rel=1e-5)


def test_the_plain_loss_leaves_the_penalty_out(log: Log) -> None:
    configure_tensorflow(0)
    network = model(kernel_regularizer=keras.regularizers.L2(10.0), kernel_initializer="ones")
    history = fit(network, line(64), [[1, 1e-12]], "mse", log)
    assert history["loss"][0] == pytest.approx(history["plain_loss"][0] + 10, rel=1e-4)


def test_equal_seeds_give_equal_weights(log: Log) -> None:
    weights = []
    for _ in range(2):
        configure_tensorflow(3)
        network = model()
        fit(network, line(64), [[2, 0.1]], "mse", log)
        weights.append(network.get_weights()[0])
    assert np.array_equal(weights[0], weights[1])
