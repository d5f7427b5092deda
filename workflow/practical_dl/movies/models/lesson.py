"""The lesson's rating models: a dot product of learned factors, with biases, and a neural net."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.movies.ratings.splits import drawn_rows
from practical_dl.training.fit import fit, schedule_until_best
from practical_dl.training.optimizers import OptimizerSetting
from practical_dl.training.schedules import Schedule

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

FACTOR_SD = 0.05
NET_UNITS = 70
NET_DROPOUT = (0.3, 0.75)
BATCH_OF_PREDICTIONS = 8192


class Sides(NamedTuple):
    """Keras inputs by name; the factors (n, factors) and the bias (n, 1) of user and movie."""

    inputs: dict[str, Any]
    vectors: list[Any]
    biases: list[Any]


def dot_model(train: pd.DataFrame, factors: int, l2: float, seed: int) -> "keras.Model":
    """user factors . movie factors, in stars (n, 1): the lesson's first model.

    An id that is not in `train` has factors zero, so it is predicted zero stars.
    """
    import keras
    from keras import layers

    sides = _sides(train, factors, l2, seed)
    return keras.Model(sides.inputs, layers.Dot(axes=1, name="stars")(sides.vectors))


def dot_bias_model(train: pd.DataFrame, factors: int, l2: float, seed: int) -> "keras.Model":
    """mean + user bias + movie bias + user factors . movie factors, in stars (n, 1).

    An id that is not in `train` has bias zero and factors zero, so such a user is predicted the
    mean plus the movie's bias, and the other way round.

    Unlike the lesson's model, which learns the mean with its biases, this one starts from it:
    biases start at zero and factors small.

    Args:
        l2: penalty on each squared factor, beside the mean squared error of a batch. On n
            training rows it weighs like a ridge of n times l2 against the sum of squared errors,
            so a smaller set needs a larger l2 for the same shrinkage.
    """
    import keras
    from keras import layers

    sides = _sides(train, factors, l2, seed)
    stars = layers.Add()([layers.Dot(axes=1)(sides.vectors), *sides.biases])
    return keras.Model(sides.inputs, _above_mean(train)(stars))


def net_model(train: pd.DataFrame, factors: int, l2: float, seed: int) -> "keras.Model":
    """The lesson's neural net on the user's factors beside the movie's, in stars (n, 1).

    Dropout 0.3, 70 rectified units, dropout 0.75, one output that starts from the mean.
    """
    import keras
    from keras import layers

    sides = _sides(train, factors, l2, seed)
    hidden = layers.Dropout(NET_DROPOUT[0], seed=seed)(layers.Concatenate()(sides.vectors))
    hidden = layers.Dense(NET_UNITS, "relu")(hidden)
    hidden = layers.Dropout(NET_DROPOUT[1], seed=seed)(hidden)
    return keras.Model(sides.inputs, _above_mean(train)(layers.Dense(1)(hidden)))


def _sides(train: pd.DataFrame, factors: int, l2: float, seed: int) -> Sides:
    """The embeddings of both sides, looked up by id as in the data.

    The model holds its own table of the ids that it knows. Unknown ones share the first row of
    each embedding, zeros; no training row refers to it, so they stay.
    """
    import keras
    from keras import layers

    rng = np.random.default_rng(seed)
    sides = Sides({}, [], [])
    for name in ("user", "movie"):
        ids = train[f"{name}_id"].unique()
        given = keras.Input((), name=f"{name}_id", dtype="int64")
        index = layers.IntegerLookup(vocabulary=ids.tolist(), name=f"{name}_index")(given)
        table = layers.Embedding(
            len(ids) + 1,
            factors,
            embeddings_initializer="zeros",
            embeddings_regularizer=keras.regularizers.L2(l2),
            name=f"{name}_factors",
        )
        bias = layers.Embedding(len(ids) + 1, 1, "zeros", name=f"{name}_bias")
        sides.inputs[f"{name}_id"] = given
        sides.vectors.append(table(index))
        sides.biases.append(bias(index))
        start = rng.normal(0, FACTOR_SD, (len(ids), factors))
        table.embeddings.assign(np.vstack([np.zeros(factors), start]))
    return sides


def _above_mean(train: pd.DataFrame) -> "keras.Layer":
    from keras import layers

    return layers.Rescaling(1.0, offset=float(train["rating"].mean()), name="stars")


def rating_batches(ratings: pd.DataFrame, batch_size: int, seed: int) -> "tf.data.Dataset":
    """Batches of (ids, stars) to train on, in another order each epoch."""
    import tensorflow as tf

    ids = {name: tf.constant(ratings[name].to_numpy()) for name in ("user_id", "movie_id")}
    stars = tf.constant(ratings["rating"].to_numpy(dtype=np.float32)[:, None])
    rows = tf.data.Dataset.range(len(ratings)).shuffle(len(ratings), seed).batch(batch_size)

    def take(batch: "tf.Tensor") -> tuple[dict[str, "tf.Tensor"], "tf.Tensor"]:
        chosen = {name: tf.gather(column, batch) for name, column in ids.items()}
        return chosen, tf.gather(stars, batch)

    return rows.map(take).prefetch(1)


def predict_ratings(model: "keras.Model", ratings: pd.DataFrame) -> NDArray[np.float64]:
    """Stars for the user and movie of each row: (n,), not yet bounded to the scale."""
    ids = {name: ratings[name].to_numpy() for name in ("user_id", "movie_id")}
    stars = model.predict(ids, batch_size=BATCH_OF_PREDICTIONS, verbose=0)
    return stars[:, 0].astype(np.float64)


Build = Callable[[pd.DataFrame, int, float, int], "keras.Model"]


class Design(NamedTuple):
    """A model of the lesson: its function, and the settings of its penalty and its schedule."""

    build: Build
    penalty: str | None
    schedule: str


DESIGNS = {
    "dot": Design(dot_model, "l2", "dot_schedule"),
    "dot_bias_free": Design(dot_bias_model, None, "schedule"),
    "dot_bias": Design(dot_bias_model, "l2", "schedule"),
    "net": Design(net_model, "net_l2", "net_schedule"),
}


@dataclass(frozen=True)
class LessonSettings:
    """The configuration's section `lesson`: how its models are built and trained."""

    factors: int
    l2: float
    net_l2: float
    dot_schedule: Schedule
    schedule: Schedule
    net_schedule: Schedule
    optimizer: OptimizerSetting
    batch_size: int
    inner_share: float


def fit_lesson_model(
    name: str, train: pd.DataFrame, settings: LessonSettings, seed: int, log: Log
) -> tuple["keras.Model", pd.DataFrame]:
    """Choose the epoch on inner rows, then train a new model on all rows up to that epoch.

    Returns:
        The model, and the history of the training that chose the epoch.
    """
    design = DESIGNS[name]
    l2 = getattr(settings, design.penalty) if design.penalty else 0.0
    schedule = getattr(settings, design.schedule)
    log.info(f"{name}: l2 {l2}, schedule {schedule}")
    trained = drawn_rows(len(train), 1 - settings.inner_share, seed)

    def fit_on(
        rows: pd.DataFrame, rates: Schedule, inner: pd.DataFrame | None = None
    ) -> tuple["keras.Model", pd.DataFrame]:
        configure_tensorflow(seed)
        model = design.build(rows, settings.factors, l2, seed)
        batches, of_inner = (
            None if part is None else rating_batches(part, settings.batch_size, seed)
            for part in (rows, inner)
        )
        optimizer = settings.optimizer
        return model, fit(model, batches, rates, "mse", log, inner=of_inner, optimizer=optimizer)

    _, history = fit_on(train[trained], schedule, train[~trained])
    model, _ = fit_on(train, schedule_until_best(history))
    return model, history
