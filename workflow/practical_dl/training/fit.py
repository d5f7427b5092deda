"""The one way to fit a Keras model: rates that take effect, best weights kept, history returned."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.job.runtime import Log
from practical_dl.training.batch_norm import Settler, batch_norm_layers, settling_callback
from practical_dl.training.optimizers import ADAM, OptimizerSetting, make_optimizer
from practical_dl.training.schedules import Policy, Schedule, changes_the_step, policy_of

if TYPE_CHECKING:
    import keras


def fit(
    model: "keras.Model",
    train: Any,
    schedule: Schedule,
    loss: str,
    log: Log,
    metrics: Sequence[str] = (),
    inner: Any = None,
    optimizer: OptimizerSetting = ADAM,
    after_epoch: Callable[[int], None] | None = None,
    callbacks: "Sequence[keras.callbacks.Callback]" = (),
) -> pd.DataFrame:
    """Compile `model` and train it by `schedule` with `optimizer`; return one row an epoch.

    Compiling here means that a layer whose `trainable` was changed is really frozen or trained.
    `train` and `inner` are batched data sets of (inputs, targets) that shuffle themselves.
    `inner` holds rows that are neither trained on nor reported: with it, the weights of the epoch
    with the lowest loss on them (without penalties) are restored at the end. `loss` and `metrics`
    are Keras' names. `schedule` and `optimizer` are what the config says: see `schedules` and
    `optimizer_settings`. Batch normalisation is scored, and left, with statistics settled on
    training rows (`batch_norm`). `after_epoch` is called with the number of each finished epoch;
    `callbacks` are a model's own, such as one that resets its states.

    Returns:
        Columns epoch, learning_rate, loss (with penalties), plain_loss (without), the metrics,
        and the same for the inner rows with the prefix `inner_`; with the annealing also
        squared_gradients.
    """
    import keras

    policy = policy_of(schedule)
    plain_loss = keras.metrics.MeanMetricWrapper(keras.losses.get(loss), name="plain_loss")
    compile_once(
        model,
        make_optimizer(optimizer, policy.rate),
        loss,
        [plain_loss, *(_metric(name, loss) for name in metrics)],
    )
    return _train(model, train, policy, log, inner, after_epoch, callbacks)


def compile_once(
    model: "keras.Model",
    optimizer: "keras.optimizers.Optimizer",
    loss: str,
    metrics: "Sequence[keras.metrics.Metric]" = (),
) -> None:
    """Compile so that a training step is traced once.

    Variables that only appear while it is traced, such as an optimizer's own or those of a metric
    given by name, make TensorFlow trace it again.
    """
    model.compile(optimizer=optimizer, loss=loss, metrics=list(metrics))
    model.optimizer.build(model.trainable_variables)


def _metric(name: str, loss: str) -> "keras.metrics.Metric":
    """The metric that Keras takes this name for beside this loss."""
    import keras

    accuracies = {
        "binary_crossentropy": keras.metrics.BinaryAccuracy,
        "categorical_crossentropy": keras.metrics.CategoricalAccuracy,
        "sparse_categorical_crossentropy": keras.metrics.SparseCategoricalAccuracy,
    }
    return accuracies[loss](name="accuracy") if name == "accuracy" else keras.metrics.get(name)


def fit_next(
    compiled: "keras.Model | None",
    untrained: "keras.Model",
    train: Any,
    schedule: Schedule,
    loss: str,
    log: Log,
    metrics: Sequence[str] = (),
    inner: Any = None,
    optimizer: OptimizerSetting = ADAM,
) -> tuple["keras.Model", pd.DataFrame]:
    """`fit` one of many models of one build and one recipe, and compile only the first of them.

    Tracing takes a small model longer than its training does. `compiled` is what was returned
    before: it takes the place of `untrained`, and what it had learned is lost.

    Returns:
        The trained model and its history.
    """
    if compiled is None or changes_the_step(schedule):
        return untrained, fit(untrained, train, schedule, loss, log, metrics, inner, optimizer)
    copy_state(untrained, compiled)
    return compiled, fit_again(compiled, train, schedule, log, inner, optimizer)


def fit_again(
    model: "keras.Model",
    train: Any,
    schedule: Schedule,
    log: Log,
    inner: Any = None,
    optimizer: OptimizerSetting = ADAM,
) -> pd.DataFrame:
    """Train a model that `fit` compiled with `optimizer` once more, from the weights it has now.

    The optimizer starts anew. Nothing is compiled or traced again, so batches must be of the same
    kind as those of `fit`.
    """
    policy = policy_of(schedule)
    unused = make_optimizer(optimizer, policy.rate)
    unused.build(model.trainable_variables)
    copy_state(unused, model.optimizer)
    return _train(model, train, policy, log, inner, None, ())


def copy_state(source: Any, target: Any) -> None:
    """Give a model or an optimizer all variables of another of the same build, seeds included."""
    for new, own in zip(source.variables, target.variables, strict=True):
        own.assign(new)


def _train(
    model: "keras.Model",
    train: Any,
    policy: Policy,
    log: Log,
    inner: Any,
    after_epoch: Callable[[int], None] | None,
    callbacks: "Sequence[keras.callbacks.Callback]",
) -> pd.DataFrame:
    import keras

    watched_loss = "plain_loss" if inner is None else "val_plain_loss"
    all_callbacks: list[Any] = [
        *callbacks,
        *policy.callbacks(watched_loss, log.info),
        _epoch_logger(log, policy.epochs),
    ]
    if batch_norm_layers(model):
        all_callbacks.append(
            settling_callback(Settler(model, train), before_tests=inner is not None)
        )
    if inner is not None:
        all_callbacks.append(
            keras.callbacks.EarlyStopping(
                monitor=watched_loss,
                mode="min",
                patience=policy.epochs,
                restore_best_weights=True,
            )
        )
    if after_epoch is not None:
        all_callbacks.append(
            keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, _: after_epoch(epoch + 1))
        )
    history = model.fit(
        train,
        validation_data=inner,
        epochs=policy.epochs,
        shuffle=False,
        verbose=0,
        callbacks=all_callbacks,
    )
    table = pd.DataFrame(history.history)
    table = table.rename(columns=lambda name: name.replace("val_", "inner_", 1))
    rates = table["learning_rate"].to_numpy(np.float32)
    table["learning_rate"] = [float(str(rate)) for rate in rates]  # 0.001, not 0.00100000005
    table.insert(0, "epoch", range(1, policy.epochs + 1))
    return table[["epoch", "learning_rate", *table.columns.drop(["epoch", "learning_rate"])]]


def best_epoch(history: pd.DataFrame) -> int:
    """The epoch whose weights `fit` left in the model."""
    epochs = history["epoch"].to_numpy()
    if "inner_plain_loss" not in history:
        return int(epochs[-1])
    return int(epochs[history["inner_plain_loss"].to_numpy().argmin()])


def schedule_until_best(history: pd.DataFrame) -> list[list[float]]:
    """The rates of the epochs up to the best: to train again, on the inner rows too."""
    rates = history["learning_rate"].to_numpy()[: best_epoch(history)]
    return [[1, float(rate)] for rate in rates]


def schedule_past_best(history: pd.DataFrame) -> list[list[float]]:
    """The rates of the epochs up to the best, then of those at a lower rate after it.

    A few inner rows can favour a noisy epoch at a high rate over a settled one by a hair; trained
    again, such a model is a matter of luck.
    """
    until = schedule_until_best(history)
    later = history["learning_rate"].to_numpy()[len(until) :]
    return [*until, *([1, float(rate)] for rate in later if rate < until[-1][1])]


def read_history(path: str | Path) -> pd.DataFrame:
    """Read a history.csv as `fit` returned it."""
    history = read_csv(path, ("epoch", "learning_rate"), others_allowed=True)
    return history.astype(float).astype({"epoch": int})


def _epoch_logger(log: Log, epochs: int) -> "keras.callbacks.Callback":
    import keras

    def write(epoch: int, logs: dict[str, float]) -> None:
        values = ", ".join(f"{name} {value:.4f}" for name, value in logs.items())
        log.info(f"epoch {epoch + 1} of {epochs}: {values}")
        log.progress(epoch + 1, epochs, "epochs")

    return keras.callbacks.LambdaCallback(on_epoch_end=write)
