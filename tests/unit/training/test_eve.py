"""Eve against algorithm 1 of Koushik and Hayashi 2016, written out again here."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")

from practical_dl.training.eve import Eve  # noqa: E402

RATE, BETA_1, BETA_2, BETA_3, SMALL_K, BIG_K, EPSILON = 0.1, 0.7, 0.9, 0.8, 0.1, 10.0, 1e-8
LOSSES = [4.0, 5.0, 300.0, 2.0, 2.01, 1.9, 0.1]
GRADIENTS = [[3.0, -1.0], [1.0, 2.0], [-9.0, 4.0], [0.5, 0.5], [0.1, -0.1], [2.0, 2.0], [1.0, 0.0]]


@pytest.fixture
def _double_precision() -> object:
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    yield
    keras.config.set_floatx(before)


def steps_of_the_paper() -> list[np.ndarray]:
    theta = np.array([1.0, 1.0])
    m = v = np.zeros(2)
    d = f_hat = 1.0
    path = []
    for t, (f, gradient) in enumerate(zip(LOSSES, GRADIENTS, strict=True), start=1):
        g = np.array(gradient)
        m = BETA_1 * m + (1 - BETA_1) * g
        v = BETA_2 * v + (1 - BETA_2) * g**2
        if t > 1:
            if f >= f_hat:
                delta, Delta = SMALL_K + 1, BIG_K + 1
            else:
                delta, Delta = 1 / (BIG_K + 1), 1 / (SMALL_K + 1)
            c = min(max(delta, f / f_hat), Delta)
            last, f_hat = f_hat, c * f_hat
            r = abs(f_hat - last) / min(f_hat, last)
            d = BETA_3 * d + (1 - BETA_3) * r
        else:
            f_hat, d = f, 1.0
        m_hat, v_hat = m / (1 - BETA_1**t), v / (1 - BETA_2**t)
        theta = theta - RATE * m_hat / (d * np.sqrt(v_hat) + EPSILON)
        path.append(theta)
    return path


@pytest.mark.usefixtures("_double_precision")
def test_eve_takes_the_paper_s_steps() -> None:
    """The losses rise and fall within, above and below the believed changes."""
    theta = keras.Variable([1.0, 1.0], dtype="float64")
    eve = Eve(RATE, BETA_1, BETA_2, BETA_3)
    path = []
    for loss, gradient in zip(LOSSES, GRADIENTS, strict=True):
        eve.scale_loss(keras.ops.convert_to_tensor(loss, "float64"))
        eve.apply([keras.ops.convert_to_tensor(gradient, "float64")], [theta])
        path.append(theta.numpy())
    np.testing.assert_allclose(path, steps_of_the_paper(), rtol=1e-12)


def test_a_step_without_the_loss_is_refused() -> None:
    theta = keras.Variable([1.0])
    eve = Eve()
    eve.scale_loss(keras.ops.convert_to_tensor(1.0))
    eve.apply([keras.ops.ones(1)], [theta])
    with pytest.raises(RuntimeError, match="scale_loss"):
        eve.apply([keras.ops.ones(1)], [theta])


def test_accumulated_gradients_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot accumulate"):
        Eve(gradient_accumulation_steps=2)


def test_rows_of_an_embedding_that_repeat_in_a_batch_are_one_gradient() -> None:
    """The first row is read twice: its gradient is the sum, as for a dense variable."""
    rows = keras.Variable([[1.0], [1.0], [1.0]])
    dense = keras.Variable([[1.0], [1.0], [1.0]])
    sparse_gradient = tf.IndexedSlices(
        tf.constant([[1.0], [3.0]]), tf.constant([0, 0]), tf.constant([3, 1])
    )
    paths = []
    for variable, gradient in (
        (rows, sparse_gradient),
        (dense, tf.constant([[4.0], [0.0], [0.0]])),
    ):
        eve = Eve(0.1, epsilon=1.0)
        eve.scale_loss(tf.constant(2.0))
        eve.apply([gradient], [variable])
        paths.append(variable.numpy().tolist())
    assert paths[0] == paths[1]
    assert paths[0][0] == pytest.approx([1 - 0.1 * 4 / (4 + 1)])
    assert paths[0][1:] == [[1.0], [1.0]]


def fitted(rate: float = 0.05) -> Any:
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3), keras.layers.Dense(1)])
    model.compile(optimizer=Eve(rate, beta_3=0.9), loss="mse")
    return model


def train(model: Any, epochs: int) -> list[float]:
    x = np.linspace(-1, 1, 48, dtype=np.float32).reshape(24, 2)
    y = x @ np.array([[1.0], [-2.0]], dtype=np.float32) + 0.5
    return model.fit(x, y, batch_size=8, epochs=epochs, shuffle=False, verbose=0).history["loss"]


def test_model_fit_tells_eve_the_loss_and_the_model_learns() -> None:
    model = fitted()
    losses = train(model, 15)
    assert losses[-1] < losses[0] / 20
    tracked, feedback = (
        float(variable)
        for variable in model.optimizer.variables
        if variable.name in ("tracked_loss", "feedback")
    )
    assert 0 < tracked < losses[0]
    assert feedback != 1


def test_eve_survives_saving_and_loading_in_safe_mode(tmp_path: Path) -> None:
    """Four epochs in one go equal two, a save, a load, and two more."""
    whole, halves = fitted(), fitted()
    train(whole, 4)
    train(halves, 2)
    halves.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    assert isinstance(loaded.optimizer, Eve)
    assert loaded.optimizer.get_config() == halves.optimizer.get_config()
    train(loaded, 2)
    for expected, reached in zip(whole.get_weights(), loaded.get_weights(), strict=True):
        np.testing.assert_allclose(reached, expected, rtol=1e-6)
