"""The task that makes word vectors from text alone, and the tables that a network starts from.

Eleven words of a review; in half of them the middle one is replaced by a random one. Which is it?
(fast.ai Practical Deep Learning, lesson 5; Collobert and Weston 2008, ICML, section 4.) A network
that can tell must know which words go together, and its embeddings are the vectors.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, write_hdf5
from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.files import Ragged

if TYPE_CHECKING:
    import keras

WINDOW = 11
MIDDLE = WINDOW // 2
VECTOR_NAMES = ("vectors",)
DEVIATION = 0.2
"""Of all numbers of a table; GloVe's own, divided by three as in the lesson, have about this."""

Vectors = NDArray[np.float32]


def make_task(tokens: Ragged, count: int, seed: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """`count` windows as they stand (1), and the same ones with another middle word (0).

    The other word is drawn by its frequency, so that being rare tells nothing.

    Returns:
        windows (2 * count, 11) and labels (2 * count,), a true one before its false one.

    Raises:
        UserError: no review has eleven words, or there is only one word.
    """
    values, offsets = tokens
    rng = np.random.default_rng(seed)
    reviews = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    starts = np.flatnonzero(reviews[: 1 - WINDOW] == reviews[WINDOW - 1 :])
    if not len(starts) or (values == values[0]).all():
        raise UserError(f"too few words for windows of {WINDOW}; give longer reviews")
    chosen = rng.choice(starts, size=count)
    true = values[chosen[:, None] + np.arange(WINDOW)]
    others = rng.choice(values, size=count)
    while (same := others == true[:, MIDDLE]).any():
        others[same] = rng.choice(values, size=int(same.sum()))
    false = true.copy()
    false[:, MIDDLE] = others
    windows = np.stack([true, false], axis=1).reshape(-1, WINDOW)
    return windows, np.tile([1, 0], count)


def window_model(vocabulary: int, width: int) -> "keras.Model":
    """Probability that a window is as it stands: (n, 11) word indices to (n, 1)."""
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((WINDOW,), dtype="int32"),
            layers.Embedding(vocabulary, width, name="vectors"),
            layers.Flatten(),
            layers.Dense(100, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ],
        name="windows",
    )


def random_vectors(vocabulary: int, width: int, seed: int) -> Vectors:
    """A table drawn from a normal distribution; index 0, for padding, is zero."""
    drawn = np.random.default_rng(seed).normal(0, DEVIATION, (vocabulary, width))
    drawn[0] = 0
    return drawn.astype(np.float32)


def scaled(vectors: Vectors) -> Vectors:
    """The table with mean 0 and the common deviation; index 0 is set to zero."""
    centred = vectors[1:] - vectors[1:].mean(axis=0)
    table = np.zeros_like(vectors)
    table[1:] = centred * (DEVIATION / centred.std())
    return table


def embedded_words(words: Sequence[str], vocabulary: int) -> list[str]:
    """The words of indices 1 to vocabulary - 1; '' stands for the last one, of all rarer words."""
    own = list(words[: vocabulary - 2])
    return own + [""] * (vocabulary - 1 - len(own))


def write_vectors(path: str | Path, vectors: Vectors) -> None:
    write_hdf5(path, lambda file: file.create_dataset("vectors", data=vectors))


def read_vectors(path: str | Path) -> Vectors:
    """Read a table (vocabulary, width)."""
    with open_hdf5(path, VECTOR_NAMES) as file:
        vectors: Vectors = file["vectors"][:]
    return vectors
