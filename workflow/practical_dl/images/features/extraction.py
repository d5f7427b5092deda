"""Running pictures through a network, batch by batch.

Pictures are decoded by threads of their own, the network computes in others, and what it gave is
written meanwhile; a few batches at a time are in memory, whatever the number of pictures.
"""

from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.features.constant_features import Extremes
from practical_dl.images.features.inference import Network, Pictures
from practical_dl.images.pictures.loading import Pixels, Size, map_ahead, read_images
from practical_dl.job.runtime import Log

Change = Callable[[pd.DataFrame, Pixels], Pictures]


def extract(
    network: Network,
    root: Path,
    rows: pd.DataFrame,
    size: Size,
    batch: int,
    threads: int,
    log: Log,
    change: Change | None = None,
) -> Iterator[NDArray[np.float32]]:
    """Yield the features of the manifest `rows` in order, `batch` pictures at a time.

    `change` alters decoded pictures, given their rows, before they pass the network. Features that
    are the same in every picture are told in one line.
    """
    blocks = read_images(root, rows, size, threads, batch)

    def compute(block: tuple[pd.DataFrame, Pixels]) -> NDArray[np.float32]:
        changed = block[1] if change is None else change(*block)
        return network.forward(np.asarray(changed, np.float32))

    done = 0
    extremes = Extremes()
    for features in map_ahead(compute, blocks, network.workers):
        yield features
        extremes.add(features)
        done += len(features)
        log.progress(done, len(rows), "images")
    if warning := extremes.warning():
        log.show(f"warning: {warning}")


def package_versions(engine: str) -> dict[str, str]:
    """Versions of the packages that decide what the features are."""
    names = ("openvino", "pillow") if engine == "openvino" else ("keras", "tensorflow", "pillow")
    return {name: version(name) for name in names}
