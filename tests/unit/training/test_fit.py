from io import StringIO
from typing import Any

import numpy as np
import pandas as pd
import pytest

from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.fit import (
    best_epoch,
    fit,
    fit_next,
    schedule_past_best,
    schedule_until_best,
)
from practical_dl.training.schedules import FixedRates, Plateau, policy_of

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
    assert policy_of([[1, 0.1], [2, 0.01]]) == FixedRates([0.1, 0.01, 0.01])


def test_a_mapping_names_the_policy() -> None:
    settings = {"epochs": 3, "rate": 0.1, "divide_by": 10, "patience": 1}
    assert policy_of({"plateau": settings}) == Plateau(3, 0.1, 10, 1)


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


def test_training_again_stops_at_the_epoch_that_was_best_on_inner_rows() -> None:
    history = pd.DataFrame(
        {
            "epoch": [1, 2, 3],
            "learning_rate": [0.1, 0.01, 0.001],
            "inner_plain_loss": [3.0, 1.0, 2.0],
        }
    )
    assert schedule_until_best(history) == [[1, 0.1], [1, 0.01]]


def test_training_again_past_the_best_epoch_keeps_only_lower_rates() -> None:
    history = pd.DataFrame(
        {
            "epoch": [1, 2, 3, 4],
            "learning_rate": [0.1, 0.1, 0.01, 0.001],
            "inner_plain_loss": [1.0, 2.0, 1.1, 1.2],
        }
    )
    assert schedule_past_best(history) == [[1, 0.1], [1, 0.01], [1, 0.001]]


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


@pytest.mark.parametrize(
    "setting",
    [
        {"sgd": {}},
        {"momentum": {"momentum": 0.5}},
        {"adagrad": {"initial_accumulator_value": 0.1}},
        {"rmsprop": {"rho": 0.9}},
        {"adam": {"beta_1": 0.9, "beta_2": 0.999}},
        {"eve": {"beta_3": 0.9}},
    ],
    ids=lambda setting: next(iter(setting)),
)
def test_every_optimizer_trains_with_its_options(log: Log, setting: dict) -> None:
    configure_tensorflow(0)
    network = model()
    history = fit(network, line(64), [[4, 0.05]], "mse", log, optimizer=setting)
    assert history["plain_loss"].iloc[-1] < history["plain_loss"].iloc[0]
    [(_, options)] = setting.items()
    assert options.items() <= network.optimizer.get_config().items()


def test_a_plateau_of_the_inner_loss_divides_the_rate(log: Log) -> None:
    """Trained towards slope 2 from 0.5, judged on slope 0.5: the inner loss never falls."""
    configure_tensorflow(0)
    network = model(kernel_initializer=keras.initializers.Constant(0.5), use_bias=False)
    schedule = {"plateau": {"epochs": 5, "rate": 0.01, "divide_by": 10, "patience": 2}}
    history = fit(network, line(64), schedule, "mse", log, inner=line(16, slope=0.5))
    rates = history["learning_rate"].tolist()
    assert rates == pytest.approx([0.01, 0.01, 0.01, 0.001, 0.001], rel=1e-6)


def test_the_annealing_divides_the_rate_of_a_training_that_diverges(log: Log) -> None:
    configure_tensorflow(0)
    schedule = {"annealing": {"epochs": 6, "rate": 4.0, "divide_by": 4, "ratio": 2}}
    history = fit(model(), line(64), schedule, "mse", log, optimizer={"sgd": {}})
    assert history["learning_rate"].iloc[0] == 4.0
    assert history["learning_rate"].iloc[-1] < 4.0
    grown = history["squared_gradients"].shift(-1) > 2 * history["squared_gradients"]
    fell = history["learning_rate"].shift(-2) < history["learning_rate"].shift(-1)
    assert (grown[:-2] == fell[:-2]).all()
    assert np.isfinite(history["plain_loss"]).all()


ANNEALING = {"annealing": {"epochs": 3, "rate": 0.1, "divide_by": 4, "ratio": 2}}


def noisy_model(seed: int) -> Any:
    configure_tensorflow(seed)
    layers = [
        keras.layers.Dense(4),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(1),
    ]
    return keras.Sequential([keras.Input((1,)), *layers])


@pytest.mark.parametrize(
    ("schedule", "optimizer"),
    [
        ([[2, 0.1], [1, 0.01]], {"adam": {}}),
        ([[2, 0.1], [1, 0.01]], {"eve": {}}),
        (ANNEALING, {"adagrad": {}}),
    ],
)
def test_the_next_model_of_a_build_learns_what_it_would_alone(
    log: Log, optimizer: Any, schedule: Any
) -> None:
    first, _ = fit_next(
        None, noisy_model(1), line(64), schedule, "mse", log, optimizer=optimizer, inner=line(16)
    )
    again, history = fit_next(
        first, noisy_model(2), line(64), schedule, "mse", log, optimizer=optimizer, inner=line(16)
    )
    alone = noisy_model(2)
    expected = fit(alone, line(64), schedule, "mse", log, inner=line(16), optimizer=optimizer)
    pd.testing.assert_frame_equal(history, expected)
    for left, right in zip(again.get_weights(), alone.get_weights(), strict=True):
        np.testing.assert_array_equal(left, right)
