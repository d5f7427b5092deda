"""Running pictures through a cut network, block by block."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.loading import Size, read_images
from practical_dl.runtime import Log

if TYPE_CHECKING:
    import keras


def extract(
    model: "keras.Model",
    root: Path,
    rows: pd.DataFrame,
    size: Size,
    batch: int,
    threads: int,
    log: Log,
) -> Iterator[NDArray[np.float32]]:
    """Yield the features of the manifest `rows` in order, at most `batch` pictures at once.

    Pictures are decoded by other threads while the network works.
    """
    import tensorflow as tf

    signature = tf.TensorSpec((None, *size, 3), tf.float32)
    forward = tf.function(lambda pictures: model(pictures, training=False), [signature])
    done = 0
    for block, pictures in read_images(root, rows, size, threads):
        for start in range(0, len(block), batch):
            chosen = tf.convert_to_tensor(pictures[start : start + batch], tf.float32)
            yield forward(chosen).numpy()
        done += len(block)
        log.progress(done, len(rows), "images")


def package_versions() -> dict[str, Any]:
    """Versions of the packages that decide what the features are."""
    return {name: version(name) for name in ("keras", "tensorflow", "pillow")}
