"""From the image files of a manifest to arrays of one size, read in blocks and ahead."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import read_json
from practical_dl.images.paths import SOURCE
from practical_dl.images.pictures.decoding import Pixels, Size, decode
from practical_dl.images.pictures.levels import Levels
from practical_dl.images.pictures.manifest import levels_of_rows
from practical_dl.job.errors import UserError

Item = TypeVar("Item")
Result = TypeVar("Result")

BLOCK_ROWS = 64


def source_beside(results: Path, dataset: str) -> Path:
    """The source.json of a data set, for a command that reads a folder of `results`."""
    return results.parent / SOURCE.format(dataset=dataset)


def source_root(path: str | Path) -> Path:
    """The folder of an unpacked source, from its source.json."""
    return Path(read_json(path, ["root"])["root"])


def read_images(
    root: Path, rows: pd.DataFrame, size: Size, threads: int, block_rows: int = BLOCK_ROWS
) -> Iterator[tuple[pd.DataFrame, Pixels]]:
    """Read the images of the manifest `rows` in order, in blocks of `block_rows`.

    Yields each block's rows and its images, (rows, height, width, 3) uint8. At most twice
    `threads` blocks are in memory beside the one that was yielded.

    Raises:
        UserError: a file is gone, or no longer the one that the manifest describes.
    """
    blocks = (rows.iloc[start : start + block_rows] for start in range(0, len(rows), block_rows))
    yield from map_ahead(partial(_read_block, root, size), blocks, threads)


def map_ahead(
    function: Callable[[Item], Result], items: Iterable[Item], threads: int
) -> Iterator[Result]:
    """Yield `function(item)` in the order of `items`, worked out by `threads` threads.

    At most twice `threads` results wait for the consumer.
    """
    pending: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for item in items:
            pending.append(pool.submit(function, item))
            if len(pending) == 2 * threads:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def _read_block(root: Path, size: Size, block: pd.DataFrame) -> tuple[pd.DataFrame, Pixels]:
    images = np.empty((len(block), *size, 3), np.uint8)
    columns = (block["path"], block["sha256"], levels_of_rows(block))
    for index, (path, sha256, levels) in enumerate(zip(*columns, strict=True)):
        images[index] = _read_image(root / path, sha256, size, levels)
    return block, images


def _read_image(path: Path, sha256: str, size: Size, levels: Levels | None) -> Pixels:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(
            f"{path}: in the manifest but gone; run the command again, which lists anew"
        ) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UserError(
            f"{path}: changed since the manifest was made; "
            "run the command again, which lists the pictures anew"
        )
    try:
        return decode(data, size, levels)
    except ValueError as error:
        raise UserError(f"{path}: {error}") from error
