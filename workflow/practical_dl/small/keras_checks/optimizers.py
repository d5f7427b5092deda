"""The papers' methods, step by step, compared with Keras' own optimizers on the same line."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.small.optimizers import papers
from practical_dl.small.optimizers.descent import descend_line
from practical_dl.small.optimizers.line import X, Y
from practical_dl.small.optimizers.runs import CHECK_COLUMNS
from practical_dl.training.fit import compile_once
from practical_dl.training.optimizers import make_optimizer

EPOCHS = 4
TOLERANCES = {
    **dict.fromkeys(("sgd", "momentum", "adagrad", "rmsprop"), 1e-6),
    **dict.fromkeys(("adam", "eve", "annealing"), 1e-5),
}
KERAS_NAMES = {"momentum": {"beta": "momentum"}, "rmsprop": {"beta": "rho"}}


def check_all(settings: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """Largest relative difference of slope and intercept over all steps, method by method.

    Settings are first rounded to single precision, because Keras 3 passes its betas through it
    even in a training in double precision: 0.999 alone would make a difference of 1e-5 a step.

    Raises:
        ArithmeticError: a method differs by more than its tolerance.
    """
    rows = []
    for name, tolerance in TOLERANCES.items():
        rounded = {key: float(np.float32(value)) for key, value in settings[name].items()}
        path = descend_line(papers.METHODS[name](**rounded), EPOCHS)
        ours = path[["slope", "intercept"]].to_numpy()[1:]
        theirs = keras_path(name, rounded, EPOCHS)
        difference = float(np.max(np.abs(ours - theirs) / np.abs(theirs)))
        if not difference <= tolerance:
            raise ArithmeticError(f"{name} differs from Keras by {difference:.3g} of its value")
        rows.append((name, len(ours), difference, tolerance))
    return pd.DataFrame(rows, columns=CHECK_COLUMNS)


def keras_path(name: str, settings: Mapping[str, float], epochs: int) -> NDArray[np.float64]:
    """Slope and intercept (steps, 2) after every step of a dense layer, fitted in float64."""
    import keras

    with _double_precision():
        model = keras.Sequential(
            [
                keras.Input((1,)),
                keras.layers.Dense(1, kernel_initializer="ones", bias_initializer="ones"),
            ]
        )
        compile_once(model, _keras_optimizer(name, settings), "mse")
        path: list[list[float]] = []

        def record(batch: int, logs: Any) -> None:  # noqa: ARG001
            path.append([float(weights.item()) for weights in model.get_weights()])

        model.fit(
            np.array(X, dtype=float)[:, None],
            np.array(Y)[:, None],
            batch_size=1,
            epochs=epochs,
            shuffle=False,
            verbose=0,
            callbacks=[
                keras.callbacks.LambdaCallback(on_train_batch_end=record),
                *_annealing(name, settings),
            ],
        )
    return np.array(path)


def _keras_optimizer(name: str, settings: Mapping[str, float]) -> Any:
    own_names = KERAS_NAMES.get(name, {})
    options = {
        own_names.get(key, key): value
        for key, value in settings.items()
        if key not in ("rate", "ratio", "divide_by")
    }
    if name == "eve":
        options["epsilon"] = papers.EPSILON
    keras_name = "adam" if name == "annealing" else name
    return make_optimizer({keras_name: options}, settings["rate"])


def _annealing(name: str, settings: Mapping[str, float]) -> list[Any]:
    if name != "annealing":
        return []
    from practical_dl.training.annealing import GradientAnnealing

    return [GradientAnnealing(settings["ratio"], settings["divide_by"])]


@contextmanager
def _double_precision() -> Iterator[None]:
    import keras

    before, policy = keras.config.floatx(), keras.config.dtype_policy()
    keras.config.set_floatx("float64")
    keras.config.set_dtype_policy("float64")
    try:
        yield
    finally:
        keras.config.set_floatx(before)
        keras.config.set_dtype_policy(policy)
