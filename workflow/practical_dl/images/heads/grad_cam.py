"""Where a head looks: gradient-weighted class activation maps (Selvaraju et al. 2017, ICCV).

The maps are taken on the stored features, so the convolutions need not run again.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.predictions import ClassPredictions

if TYPE_CHECKING:
    import keras

Maps = NDArray[np.float32]


def grad_cam(
    head: "keras.Model", features: NDArray[np.floating], classes: NDArray[np.int64]
) -> Maps:
    """What speaks for class `classes[i]` in picture i, by place: (n, height, width) from 0 to 1.

    `features` (n, height, width, channels) enter `head`. A channel weighs as much as the mean
    gradient of the class's log-odds against the other classes over its places; what speaks
    against the class is left out.
    """
    import tensorflow as tf

    given = tf.convert_to_tensor(features, tf.float32)
    rows = tf.stack([tf.range(len(classes)), tf.cast(classes, tf.int32)], axis=1)
    with tf.GradientTape() as tape:
        tape.watch(given)
        chosen = tf.gather_nd(head(given, training=False), rows)
        chosen = tf.clip_by_value(chosen, 1e-6, 1 - 1e-6)
        odds = tf.math.log(chosen) - tf.math.log(1 - chosen)
    weights = tf.reduce_mean(tape.gradient(odds, given), axis=(1, 2), keepdims=True)
    maps = tf.nn.relu(tf.reduce_sum(weights * given, axis=3)).numpy()
    highest = maps.max(axis=(1, 2), keepdims=True)
    return np.divide(maps, highest, out=np.zeros_like(maps), where=highest > 0)


def most_confident(predicted: ClassPredictions, right: bool, count: int) -> NDArray[np.int64]:
    """Rows of the `count` most confident right, or wrong, predictions, the surest first.

    One at most of each group, true class and predicted class: pictures of a group are alike.
    """
    labels, chosen = predicted.labels(), predicted.probabilities.argmax(axis=1)
    rows = np.flatnonzero((chosen == labels) == right)
    surest = rows[np.argsort(-predicted.probabilities[rows].max(axis=1), kind="stable")]
    alike = pd.DataFrame({"group": predicted.groups, "true": labels, "taken": chosen})
    return surest[~alike.iloc[surest].duplicated().to_numpy()][:count]
