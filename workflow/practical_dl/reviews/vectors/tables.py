"""Tables of word vectors that a network starts from: drawn, scaled, written and read."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, write_hdf5

VECTOR_NAMES = ("vectors",)
DEVIATION = 0.2
"""Of all numbers of a table; GloVe's own, divided by three as in the lesson, have about this."""

Vectors = NDArray[np.float32]


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
