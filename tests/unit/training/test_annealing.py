"""The lecturer's annealing in a training whose gradients grow, fall, or stay."""

from typing import Any

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from practical_dl.training.annealing import GradientAnnealing  # noqa: E402

ROWS = 4


def train(
    rate: float, epochs: int, slope: float = 1.0, optimizer: type | None = None
) -> tuple[Any, dict[str, list[float]], list[str]]:
    """Fit y = slope * x with one weight, one row a batch, every x = 1: gradient 2 (w - slope)."""
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")]
    )
    model.compile(optimizer=(optimizer or keras.optimizers.SGD)(rate), loss="mse")
    lines: list[str] = []
    x = np.ones((ROWS, 1), dtype=np.float32)
    history = model.fit(
        x,
        slope * x,
        batch_size=1,
        epochs=epochs,
        shuffle=False,
        verbose=0,
        callbacks=[GradientAnnealing(2.0, 4.0, lines.append)],
    ).history
    return model, history, lines


def test_growing_gradients_divide_the_rate_by_four() -> None:
    """At rate 1.05 each step multiplies the error by -1.1, so an epoch's squares by 1.1 ** 8.

    That is 2.14; at a quarter of the rate the error shrinks and nothing is divided again.
    """
    _, history, lines = train(1.05, 5)
    growth = history["squared_gradients"][1] / history["squared_gradients"][0]
    assert growth == pytest.approx(1.1**8, rel=1e-5)
    assert history["learning_rate"] == pytest.approx([1.05, 1.05, 0.2625, 0.2625, 0.2625])
    assert len(lines) == 1
    assert "learning rate 1.05 becomes 0.2625" in lines[0]


def test_the_sum_is_that_of_the_epoch_s_squared_gradients() -> None:
    """At rate 0.25 the error halves each step: gradients 2, 1, 1/2, 1/4 in the first epoch."""
    _, history, _ = train(0.25, 2)
    first = sum((2 * 0.5**step) ** 2 for step in range(ROWS))
    assert history["squared_gradients"] == pytest.approx([first, first * 0.25**ROWS], rel=1e-6)


def test_falling_gradients_never_divide_the_rate() -> None:
    _, history, lines = train(0.1, 12)
    assert (np.diff(history["squared_gradients"]) < 0).all()
    assert history["learning_rate"] == pytest.approx([0.1] * 12)
    assert lines == []


def test_growth_below_the_ratio_does_not_divide() -> None:
    """At rate 1.03 an epoch's squares grow 1.06 ** 8 = 1.59 times."""
    _, history, lines = train(1.03, 4)
    assert (np.diff(history["squared_gradients"]) > 0).all()
    assert lines == []


def test_the_optimizer_is_left_as_it_was() -> None:
    model, _, _ = train(0.1, 1, optimizer=keras.optimizers.Adam)
    assert "apply" not in vars(model.optimizer)
    before = model.get_weights()[0].copy()
    model.fit(np.ones((1, 1)), np.ones((1, 1)), verbose=0)
    assert (model.get_weights()[0] != before).all()


def test_rows_of_an_embedding_that_repeat_in_a_batch_are_added_before_squaring() -> None:
    """Two rows with the same index: gradient -2 * (1 + 1) / 2 = -2, squared 4, and not 1 + 1."""
    model = keras.Sequential(
        [
            keras.Input((1,), dtype="int32"),
            keras.layers.Embedding(3, 1, embeddings_initializer="zeros"),
            keras.layers.Flatten(),
        ]
    )
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
    history = model.fit(
        np.zeros((2, 1), dtype=np.int32),
        np.ones((2, 1)),
        batch_size=2,
        verbose=0,
        callbacks=[GradientAnnealing(2.0, 4.0)],
    ).history
    assert history["squared_gradients"] == pytest.approx([4.0])
