"""The lesson's rating model: a dot product of learned factors plus a user and a movie bias."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

FACTOR_SD = 0.05
BATCH_OF_PREDICTIONS = 8192


def dot_bias_model(
    user_ids: NDArray[np.int64],
    movie_ids: NDArray[np.int64],
    mean: float,
    factors: int,
    l2: float,
    seed: int,
) -> "keras.Model":
    """mean + user bias + movie bias + user factors . movie factors, in stars (n, 1).

    The inputs user_id and movie_id (n,) are ids as in the data; the model holds its own table of
    the ids that it knows. An id that it does not know has bias zero and factors zero, so such a
    user is predicted the mean plus the movie's bias, and the other way round. Those zeros are the
    first row of each embedding; no training row refers to it, so they stay.

    Unlike the lesson's model, which learns the mean with its biases, this one starts from it:
    biases start at zero and factors small.

    Args:
        user_ids, movie_ids: the distinct ids of the training rows.
        mean: of the training ratings, in stars.
        l2: penalty on each squared factor, beside the mean squared error of a batch. On n
            training rows it weighs like a ridge of n times l2 against the sum of squared errors,
            so a smaller set needs a larger l2 for the same shrinkage.
    """
    import keras
    from keras import layers

    rng = np.random.default_rng(seed)
    inputs, vectors, biases = {}, [], []
    for name, ids in (("user", user_ids), ("movie", movie_ids)):
        inputs[f"{name}_id"] = keras.Input((), name=f"{name}_id", dtype="int64")
        known = layers.IntegerLookup(vocabulary=ids.tolist(), name=f"{name}_index")
        index = known(inputs[f"{name}_id"])
        table = layers.Embedding(
            len(ids) + 1,
            factors,
            embeddings_initializer="zeros",
            embeddings_regularizer=keras.regularizers.L2(l2),
            name=f"{name}_factors",
        )
        bias = layers.Embedding(len(ids) + 1, 1, "zeros", name=f"{name}_bias")
        vectors.append(table(index))
        biases.append(bias(index))
        start = rng.normal(0, FACTOR_SD, (len(ids), factors))
        table.embeddings.assign(np.vstack([np.zeros(factors), start]))
    stars = layers.Add()([layers.Dot(axes=1)(vectors), *biases])
    return keras.Model(inputs, layers.Rescaling(1.0, offset=float(mean), name="stars")(stars))


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
