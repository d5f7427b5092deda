"""Training the models of characters, and their predictions of the held-out part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.runtime import Log
from practical_dl.small.characters.models import LOSS, recurrent_model, window_model
from practical_dl.small.characters.parts import Learned
from practical_dl.small.characters.sequences import (
    joined_rows,
    scored,
    scored_rows,
    scored_windows,
    stateful_batches,
    windows,
)
from practical_dl.small.characters.titles import WINDOWS, Window
from practical_dl.small.characters.writing import Reader, StateReader, WindowReader, reset_states
from practical_dl.training.fit import best_epoch, fit

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

PREDICTION_BATCH = 2048
AfterEpoch = Callable[[int, Reader], None]


@dataclass(frozen=True)
class Fitted:
    """A trained model, its history, and the samples and predicted symbols of an epoch."""

    model: "keras.Model"
    history: pd.DataFrame
    samples: int
    predicted: int

    def description(self, name: str) -> dict[str, Any]:
        """The content of a fit.json."""
        return {
            "model": name,
            "parameters": self.model.count_params(),
            "samples_per_epoch": self.samples,
            "predicted_per_epoch": self.predicted,
            "epoch": best_epoch(self.history),
        }


def fit_model(
    name: str,
    learned: Learned,
    settings: Mapping[str, Any],
    after_epoch: AfterEpoch,
    seed: int,
    log: Log,
) -> tuple[Fitted, pd.DataFrame]:
    """Train the model of this name; also its `held_out_frame`.

    `settings` has the sections of the configuration: windows, rnn and lstm.
    """
    if name in WINDOWS:
        window = WINDOWS[name]
        fitted = _fit_windows(window, learned, settings["windows"], after_epoch, seed, log)
        return fitted, _predict_windows(fitted.model, window.length, learned)
    fitted = _fit_recurrent(name, learned, settings[name], after_epoch, log)
    return fitted, _predict_recurrent(fitted.model, learned)


def _fit_recurrent(
    kind: str, learned: Learned, settings: Mapping[str, Any], after_epoch: AfterEpoch, log: Log
) -> Fitted:
    """Train a recurrent model on batches whose rows go on from batch to batch.

    The model that is returned reads rows of any length; a sample is a row of a batch.
    """
    import keras
    import tensorflow as tf

    names, batch = len(learned.names), (settings["rows"], settings["length"])
    model = recurrent_model(kind, names, settings, batch)
    writer = recurrent_model(kind, names, settings, (1, 1))
    reader = StateReader(writer)
    train = stateful_batches(learned.train, *batch)
    inner = stateful_batches(learned.inner, *batch)

    def write(epoch: int) -> None:
        writer.set_weights(model.get_weights())
        after_epoch(epoch, reader)

    forget = keras.callbacks.LambdaCallback(on_epoch_begin=lambda *_: reset_states(model))
    forget.on_test_begin = lambda *_: reset_states(model)
    history = fit(
        model,
        tf.data.Dataset.from_tensor_slices(train),
        settings["schedule"],
        LOSS,
        log,
        inner=tf.data.Dataset.from_tensor_slices(inner),
        optimizer=settings["optimizer"],
        after_epoch=write,
        callbacks=[forget],
    )
    answer = recurrent_model(kind, names, settings)
    answer.set_weights(model.get_weights())
    batches, rows, length = train[0].shape
    return Fitted(answer, history, batches * rows, batches * rows * length)


def _fit_windows(
    window: Window,
    learned: Learned,
    settings: Mapping[str, Any],
    after_epoch: AfterEpoch,
    seed: int,
    log: Log,
) -> Fitted:
    """Train the network that is unrolled by hand, on every window of symbols."""
    model = window_model(window.length, window.merge, len(learned.names), settings)
    reader = WindowReader(model, window.length)
    inputs, targets = windows(learned.train, window.length)
    history = fit(
        model,
        _shuffled(inputs, targets, settings["batch_size"], seed),
        settings["schedule"],
        LOSS,
        log,
        inner=_batched(*windows(learned.inner, window.length)),
        optimizer=settings["optimizer"],
        after_epoch=lambda epoch: after_epoch(epoch, reader),
    )
    return Fitted(model, history, len(inputs), len(inputs))


def _predict_recurrent(model: "keras.Model", learned: Learned) -> pd.DataFrame:
    """The table of `held_out_frame` from a model that reads rows of any length."""
    predicted = model.predict_on_batch(scored_rows(learned.held_out))
    return held_out_frame(joined_rows(predicted), scored(learned.held_out))


def _predict_windows(model: "keras.Model", count: int, learned: Learned) -> pd.DataFrame:
    """The table of `held_out_frame` from a model of windows."""
    inputs = scored_windows(learned.held_out, count)
    predicted = model.predict(inputs, batch_size=PREDICTION_BATCH, verbose=0)
    return held_out_frame(predicted, scored(learned.held_out))


def held_out_frame(probabilities: NDArray[np.float32], true: NDArray[np.int32]) -> pd.DataFrame:
    """true and likeliest (indices in the names), nats (-log of the true one's probability)."""
    chosen = probabilities[np.arange(len(true)), true].astype(np.float64)
    return pd.DataFrame(
        {
            "true": true,
            "likeliest": probabilities.argmax(axis=1),
            "nats": -np.log(np.maximum(chosen, np.finfo(np.float32).tiny)),
        }
    )


def _shuffled(
    inputs: NDArray[np.int32], targets: NDArray[np.int32], batch: int, seed: int
) -> "tf.data.Dataset":
    import tensorflow as tf

    order = tf.data.Dataset.range(len(inputs)).shuffle(len(inputs), seed).batch(batch)
    kept, wanted = tf.constant(inputs), tf.constant(targets)
    return order.map(lambda rows: (tf.gather(kept, rows), tf.gather(wanted, rows)))


def _batched(inputs: NDArray[np.int32], targets: NDArray[np.int32]) -> "tf.data.Dataset":
    import tensorflow as tf

    return tf.data.Dataset.from_tensor_slices((inputs, targets)).batch(PREDICTION_BATCH)
