"""New pictures from halves: the left of one and the right of another of the same class.

The left half of a driver's window and the right half of another's hand: the parts of a class,
apart from who shows it. The trick took one competitor's network, trained from scratch, to a log
loss of 0.15 (onsoftwaredev.blogspot.com, August 2016, "statefarm - retrospect"). It works on
pictures and on maps of features alike: anything (n, height, width, channels).
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import tensorflow as tf


def partners(labels: NDArray[Any], rows: NDArray[Any], rng: np.random.Generator) -> NDArray[Any]:
    """For each of `rows` a row of the same class, drawn among all `labels` (n,)."""
    drawn = np.empty(len(rows), np.int64)
    for label in np.unique(labels[rows]):
        chosen = labels[rows] == label
        drawn[chosen] = rng.choice(np.flatnonzero(labels == label), int(chosen.sum()))
    return drawn


def join_halves(left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """Left halves of `left` beside right halves of `right`, both (n, height, width, channels)."""
    middle = (left.shape[2] + 1) // 2
    return np.concatenate([left[:, :, :middle], right[:, :, middle:]], axis=2)


def joined_in_batch(
    pictures: "tf.Tensor", targets: "tf.Tensor", share: float, seed: "tf.Tensor"
) -> "tf.Tensor":
    """Pictures (n, height, width, 3), a `share` of them with the right half of another one.

    The other one is of the same class (`targets` (n, classes), one-hot) and of the same batch;
    where a class has one picture in it, that is the picture itself. `seed` (2,) decides.
    """
    import tensorflow as tf

    count = tf.shape(pictures)[0]
    keys = tf.random.stateless_uniform((count, count + 1), seed)
    same = tf.matmul(targets, targets, transpose_b=True)
    partner = tf.argmax(same * (1 + keys[:, 1:]), axis=1)
    middle = (pictures.shape[2] + 1) // 2
    right = tf.gather(pictures, partner)[:, :, middle:]
    joined = tf.concat([pictures[:, :, :middle], right], axis=2)
    return tf.where(keys[:, 0, None, None, None] < share, joined, pictures)
