"""How many pictures a second a network takes, in the engine that it is used with."""

import time
from collections.abc import Mapping

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.images.features.inference import Network

COLUMNS = ["network", "megabytes", "pictures_a_second"]
SECONDS = 1.5
"""How long each is measured; the first batch is not counted."""


def speed_table(
    networks: Mapping[str, tuple[Network, tuple[int, int], int]], batch: int
) -> pd.DataFrame:
    """One row a network (with its input size and the bytes of its graph): columns COLUMNS.

    Measured on noise, `batch` pictures at once. The best batch counts: what else runs on the
    machine can only slow a batch down.
    """
    rows = [
        [name, size / 1e6, batch / _fastest(network, input_size, batch)]
        for name, (network, input_size, size) in networks.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _fastest(network: Network, input_size: tuple[int, int], batch: int) -> float:
    """Seconds of the fastest batch."""
    noise = np.random.default_rng(0).integers(0, 256, (batch, *input_size, 3)).astype(np.float32)
    network.forward(noise)
    taken: list[float] = []
    while sum(taken) < SECONDS:
        started = time.perf_counter()
        network.forward(noise)
        taken.append(time.perf_counter() - started)
    return min(taken)


def read_speed(path: str) -> pd.DataFrame:
    """Read the table of `speed_table`."""
    return read_csv(path, COLUMNS, dict.fromkeys(COLUMNS[1:], float))
