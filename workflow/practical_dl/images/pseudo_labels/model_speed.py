"""Pictures per second that a network takes, in the engine that it is used with."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.images.features.inference import Network, file_for, open_network

COLUMNS = ["network", "megabytes", "pictures_a_second"]
BATCH = 16
SECONDS = 1.5
"""How long each is measured; the first batch is not counted."""


@dataclass(frozen=True)
class Timed:
    """A network that is timed: its files, and the backbone.json of the pictures that it reads.

    files: those that `file_for` chooses from.
    """

    files: Sequence[str]
    description: Mapping[str, Any]


@dataclass(frozen=True)
class Opened:
    """A network in its engine, its input size, and the bytes of its graph."""

    network: Network
    input_size: tuple[int, int]
    size: int


def open_timed(files: Mapping[str, Timed], engine: str, threads: int) -> dict[str, Opened]:
    """Open networks in one engine; one in eight bits is timed in 16, which the others have too."""
    return {name: _open(timed, engine, threads) for name, timed in files.items()}


def _open(timed: Timed, engine: str, threads: int) -> Opened:
    described = timed.description
    precision = "bfloat16" if described["precision"] == "int8" else described["precision"]
    network = open_network(file_for(engine, timed.files), precision, BATCH, threads)
    graph = [Path(file) for file in timed.files if not file.endswith(".keras")]
    size = sum(file.stat().st_size for file in graph)
    return Opened(network, tuple(described["input_size"]), size)


def speed_table(networks: Mapping[str, Opened]) -> pd.DataFrame:
    """One row per network: columns COLUMNS.

    Measured on noise. The best batch counts: what else runs on the machine can only slow a batch
    down.
    """
    rows = [
        [name, one.size / 1e6, BATCH / _fastest(one.network, one.input_size)]
        for name, one in networks.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _fastest(network: Network, input_size: tuple[int, int]) -> float:
    """Seconds of the fastest batch."""
    noise = np.random.default_rng(0).integers(0, 256, (BATCH, *input_size, 3)).astype(np.float32)
    network.forward(noise)
    taken: list[float] = []
    while sum(taken) < SECONDS:
        started = time.perf_counter()
        network.forward(noise)
        taken.append(time.perf_counter() - started)
    return min(taken)
