"""Running pictures through a network, batch by batch.

Pictures are decoded by threads of their own, the network computes in others, and what it gave is
written meanwhile; a few batches at a time are in memory, whatever the number of pictures.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.features.constant_features import Extremes
from practical_dl.images.features.inference import Network, Pictures, open_network
from practical_dl.images.features.store import (
    SAME_AS_DESCRIBED,
    Origin,
    shard_rows,
    write_shard,
)
from practical_dl.images.pictures.decoding import Pixels, Size
from practical_dl.images.pictures.loading import map_ahead, read_images
from practical_dl.images.pictures.manifest import labelled_rows, unlabelled_rows
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


def _package_versions(engine: str) -> dict[str, str]:
    """Versions of the packages that decide what the features are."""
    names = ("openvino", "pillow") if engine == "openvino" else ("keras", "tensorflow", "pillow")
    return {name: version(name) for name in names}


@dataclass(frozen=True)
class Shard:
    """Rows of a part that are extracted together, and what was done to their pictures.

    augmentation: `none` or what `change` does, in words.
    """

    rows: pd.DataFrame
    classes: Sequence[str]
    augmentation: str = "none"
    change: Change | None = None


def rows_of_shard(manifest: pd.DataFrame, part: str, shards: int, shard: int) -> pd.DataFrame:
    """The manifest's rows of one of the `shards` of a part: labelled or test, or a pass of them."""
    rows = (unlabelled_rows if part.startswith("test") else labelled_rows)(manifest)
    return rows.iloc[shard_rows(len(rows), shards, shard)]


def extract_shard(
    path: Path,
    root: Path,
    shard: Shard,
    description: Mapping[str, Any],
    network: Path,
    batch: int,
    threads: int,
    log: Log,
) -> None:
    """Write the features of a shard's pictures by the network of a backbone.json's `description`.

    network: the file of it that the engine reads. Pictures lie below `root`.

    Raises:
        UserError: a picture cannot be read, or a feature is infinite or not a number.
    """
    size = tuple(description["input_size"])
    opened = open_network(network, description["precision"], batch, threads)
    origin = Origin(
        **{name: description[name] for name in SAME_AS_DESCRIBED},
        backbone=description["backbone"],
        input_size="x".join(map(str, size)),
        augmentation=shard.augmentation,
    )
    blocks = extract(opened, root, shard.rows, size, batch, threads, log, shard.change)
    shape = description["feature_shape"]
    versions = _package_versions(description["engine"])
    write_shard(path, shard.rows, shard.classes, shape, origin, versions, blocks)
