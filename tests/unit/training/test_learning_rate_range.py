import numpy as np
import pytest

from practical_dl.job.runtime import configure_tensorflow
from practical_dl.training.learning_rate_range import (
    range_test,
    rate_ladder,
    smoothed,
    suggested_rate,
)

keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")


def test_rates_rise_by_equal_ratios() -> None:
    assert rate_ladder(0.001, 10, 5) == pytest.approx([0.001, 0.01, 0.1, 1, 10])


def test_smoothing_has_no_bias_towards_its_start() -> None:
    assert smoothed(np.array([3.0, 3.0, 3.0])) == pytest.approx([3, 3, 3])
    assert smoothed(np.array([1.0, 2.0]))[1] == pytest.approx((0.16 + 0.4) / 0.36)


def test_the_suggestion_is_a_tenth_of_the_rate_of_the_lowest_loss() -> None:
    rates = rate_ladder(1e-4, 1, 5)
    losses = np.array([2.0, 1.0, 0.01, 50.0, 90.0])
    assert suggested_rate(rates, losses) == pytest.approx(1e-3)


def test_the_suggestion_is_not_below_what_was_tried() -> None:
    assert suggested_rate(np.array([0.01, 0.1]), np.array([1.0, 9.0])) == pytest.approx(0.01)


def test_a_range_test_ends_where_the_loss_diverges_and_suggests_a_rate_that_learns() -> None:
    """On y = 2x a rate far above 1 throws the slope away; the smallest rates move nothing."""
    configure_tensorflow(0)
    x = np.linspace(-1, 1, 64, dtype=np.float32)[:, None]
    data = tf.data.Dataset.from_tensor_slices((x, 2 * x)).batch(16)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
    table = range_test(model, data, "mse", rate_ladder(1e-5, 1e4, 90))
    assert len(table) < 90
    assert table["loss"].iloc[0] == pytest.approx(table["loss"].iloc[3], rel=0.1)
    assert table["loss"].iloc[-1] > table["loss"].iloc[0]
    assert 1e-3 < suggested_rate(table["rate"].to_numpy(), table["loss"].to_numpy()) < 1
