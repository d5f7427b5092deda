"""Text that a model writes: it reads a beginning, then its own characters."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

Probabilities = NDArray[np.float64]


class Reader(Protocol):
    """A model that reads one symbol after the other."""

    def forget(self) -> None:
        """Begin anew."""

    def read(self, symbol: int) -> Probabilities:
        """Probabilities (names,) of the symbol that follows what was read so far."""


def continue_text(
    reader: Reader, start: Sequence[int], count: int, temperature: float, seed: int
) -> list[int]:
    """`count` symbols that follow `start`, each drawn from the model and read back."""
    rng = np.random.default_rng(seed)
    reader.forget()
    for symbol in start:
        probabilities = reader.read(symbol)
    written: list[int] = []
    for _ in range(count):
        written.append(int(rng.choice(len(probabilities), p=tempered(probabilities, temperature))))
        probabilities = reader.read(written[-1])
    return written


def tempered(probabilities: Probabilities, temperature: float) -> Probabilities:
    """p^(1/temperature), normalised: below 1 sharpens the distribution, 1 leaves it."""
    with np.errstate(divide="ignore"):
        logits = np.log(probabilities) / temperature
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()


class WindowReader:
    """A model of the last `count` symbols; the first one pads a window that is not yet full."""

    def __init__(self, model: "keras.Model", count: int) -> None:
        self._predict = _compiled(model)
        self._count = count
        self._window: deque[int] = deque(maxlen=count)

    def forget(self) -> None:
        self._window.clear()

    def read(self, symbol: int) -> Probabilities:
        self._window.append(symbol)
        missing = [self._window[0]] * (self._count - len(self._window))
        return self._predict([[*missing, *self._window]])


class StateReader:
    """A stateful model of one row and one symbol per call."""

    def __init__(self, model: "keras.Model") -> None:
        self._model = model
        self._predict = _compiled(model)

    def forget(self) -> None:
        reset_states(self._model)

    def read(self, symbol: int) -> Probabilities:
        return self._predict([[symbol]])


def reset_states(model: "keras.Model") -> None:
    """Make every stateful layer forget what it has read."""
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_state()


def _compiled(model: "keras.Model") -> Callable[[Sequence[Sequence[int]]], Probabilities]:
    import tensorflow as tf

    call = tf.function(lambda symbols: model(symbols, training=False))

    def predict(symbols: Sequence[Sequence[int]]) -> Probabilities:
        answer = call(tf.constant(symbols, tf.int32)).numpy().astype(np.float64).reshape(-1)
        return answer / answer.sum()

    return predict
