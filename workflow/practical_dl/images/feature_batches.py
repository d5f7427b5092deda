"""Training batches from the feature store, in bounded memory.

Rows are shuffled by block and buffer: the blocks of consecutive rows are put in random order, as
many as the memory allows are read at once, and the rows of that buffer are shuffled. When
everything fits, the buffer is the whole and stays in memory, and the shuffle is a full one.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from practical_dl.images.feature_store import Features, FeatureStore

if TYPE_CHECKING:
    import tensorflow as tf

Positions = NDArray[np.int64]

BLOCK_ROWS = 64


def training_batches(
    store: FeatureStore, positions: Positions, classes: int, batch: int, memory_mb: int, seed: int
) -> "tf.data.Dataset":
    """Shuffled batches of (features, one-hot labels); each pass yields every row exactly once."""
    read, buffer_rows = _reader(store, positions, memory_mb)
    passes = iter(range(10**9))

    def one_pass() -> Iterator[tuple[Features, NDArray[np.float32]]]:
        rng = np.random.default_rng([seed, next(passes)])
        for chosen in cut_batches(shuffled(len(positions), buffer_rows, rng, read), batch):
            features, rows = chosen
            yield features, _one_hot(store, positions[rows], classes)

    return _dataset(one_pass, store.shape, classes, -(-len(positions) // batch))


def ordered_batches(
    store: FeatureStore, positions: Positions, classes: int, batch: int
) -> "tf.data.Dataset":
    """Batches of (features, one-hot labels) in the order of `positions`."""

    def one_pass() -> Iterator[tuple[Features, NDArray[np.float32]]]:
        for start in range(0, len(positions), batch):
            chosen = positions[start : start + batch]
            yield store.read(chosen), _one_hot(store, chosen, classes)

    return _dataset(one_pass, store.shape, classes, -(-len(positions) // batch))


def shuffled(
    count: int,
    buffer_rows: int,
    rng: np.random.Generator,
    read: Callable[[Positions], Features],
) -> Iterator[tuple[Features, Positions]]:
    """Buffers of shuffled (features, row numbers) that together hold each of `count` rows once.

    `read` takes ascending row numbers.
    """
    blocks = np.array_split(np.arange(count), max(1, -(-count // BLOCK_ROWS)))
    order = rng.permutation(len(blocks))
    per_buffer = max(1, buffer_rows // BLOCK_ROWS)
    for start in range(0, len(blocks), per_buffer):
        rows = np.concatenate([blocks[i] for i in np.sort(order[start : start + per_buffer])])
        mixed = rng.permutation(len(rows))
        yield read(rows)[mixed], rows[mixed]


def cut_batches(
    buffers: Iterator[tuple[Features, Positions]], batch: int
) -> Iterator[tuple[Features, Positions]]:
    """Cut buffers to batches of `batch` rows, across their borders; only the last is shorter."""
    kept: list[tuple[Features, Positions]] = []
    for features, rows in buffers:
        if kept:
            features = np.concatenate([kept[0][0], features])
            rows = np.concatenate([kept[0][1], rows])
        whole = len(rows) // batch * batch
        for start in range(0, whole, batch):
            yield features[start : start + batch], rows[start : start + batch]
        kept = [(features[whole:], rows[whole:])] if whole < len(rows) else []
    yield from kept


def _reader(
    store: FeatureStore, positions: Positions, memory_mb: int
) -> tuple[Callable[[Positions], Features], int]:
    row_bytes = 2 * int(np.prod(store.shape))
    fitting = memory_mb * 1_000_000 // row_bytes
    if fitting >= len(positions):
        everything = store.read(positions)
        return lambda rows: everything[rows], len(positions) + BLOCK_ROWS
    return lambda rows: store.read(positions[rows]), fitting // 2


def _one_hot(store: FeatureStore, positions: Positions, classes: int) -> NDArray[np.float32]:
    labels = store.rows["label"].to_numpy()[positions]
    return np.eye(classes, dtype=np.float32)[labels]


def _dataset(
    one_pass: Callable[[], Iterator[tuple[Features, NDArray[np.float32]]]],
    shape: tuple[int, ...],
    classes: int,
    batches: int,
) -> "tf.data.Dataset":
    import tensorflow as tf

    signature = (
        tf.TensorSpec((None, *shape), tf.float16),
        tf.TensorSpec((None, classes), tf.float32),
    )
    dataset = tf.data.Dataset.from_generator(one_pass, output_signature=signature)
    return dataset.apply(tf.data.experimental.assert_cardinality(batches)).prefetch(2)
