"""Batches from feature stores, in bounded memory: one pipeline for everything that trains.

Rows are shuffled by block and buffer: blocks of consecutive rows come in random order, as many as
the memory allows are read at once, and the rows of such a buffer are shuffled. Another order of
blocks each epoch makes that a true shuffle over time. While one buffer is trained on, the next is
read. When everything fits, the buffer is the whole, stays in memory, and the shuffle is full.
"""

import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from practical_dl.images.features.store import Features, FeatureStore
from practical_dl.images.pictures.loading import map_ahead
from practical_dl.job.errors import UserError

if TYPE_CHECKING:
    import tensorflow as tf

Positions = NDArray[np.int64]
Targets = NDArray[np.float32]
Batch = tuple[Features, Targets]

BLOCK_ROWS = 32
BUFFERS = 2
"""Buffers in memory at once while streaming: one is trained on while the next is read."""


class Rows(Protocol):
    """Where rows of one `shape` are read from: a feature store, or an array in memory."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Of one row."""

    def read(self, positions: Positions, room: Features | None = None) -> Features:
        """Rows at the ascending `positions`, as `FeatureStore.read`."""


@dataclass(frozen=True)
class HeldRows:
    """Rows (n, ...) that are in memory anyway."""

    features: Features

    @property
    def shape(self) -> tuple[int, ...]:
        return self.features.shape[1:]

    def read(self, positions: Positions, room: Features | None = None) -> Features:
        if room is None:
            return self.features[positions]
        return np.take(self.features, positions, axis=0, out=room[: len(positions)])


@dataclass(frozen=True)
class Source:
    """Rows of a store at ascending `positions` (n,) with their targets (n, classes)."""

    store: Rows
    positions: Positions
    targets: Targets


def labelled_source(store: FeatureStore, positions: Positions, classes: int) -> Source:
    """The rows at ascending `positions` with their true labels as one-hot targets."""
    labels = store.rows["label"].to_numpy()[positions]
    return Source(store, positions, np.eye(classes, dtype=np.float32)[labels])


def unlabelled_source(store: FeatureStore, positions: Positions, classes: int) -> Source:
    """The rows at ascending `positions`, whose targets are zero: for predicting only."""
    return Source(store, positions, np.zeros((len(positions), classes), np.float32))


def training_batches(
    sources: Sequence[Source], shares: Sequence[float], batch: int, memory_mb: int, seed: int
) -> "tf.data.Dataset":
    """Shuffled batches that hold a fixed share of each source.

    An epoch is one pass over the first source, every row of it exactly once; of the others it
    takes what the shares ask for and goes on where the epoch before stopped, reshuffled after
    each pass over them. The last batch is shorter, in the same proportions.

    Args:
        shares: of each source, any positive scale; see `batch_counts`.
        memory_mb: for all sources together; one that does not fit its part is streamed.
    """
    counts = batch_counts(shares, batch)
    memory = [memory_mb * 1_000_000 * count // batch for count in counts]
    readers = [
        _Reader(source, share, np.random.default_rng([seed, number]))
        for number, (source, share) in enumerate(zip(sources, memory, strict=True))
    ]
    others = [reader.endless() for reader in readers[1:]]

    def one_pass() -> Iterator[Batch]:
        for first in readers[0].batches(counts[0]):
            portions = [round(count * len(first[0]) / counts[0]) for count in counts[1:]]
            taken = [other.take(rows) for other, rows in zip(others, portions, strict=True)]
            yield _joined([first, *(portion for portion in taken if len(portion[0]))])

    steps = -(-len(sources[0].positions) // counts[0])
    return _dataset(one_pass, sources[0], steps)


def ordered_batches(source: Source, batch: int) -> "tf.data.Dataset":
    """Batches of the rows of `source` in their order."""

    def one_pass() -> Iterator[Batch]:
        count = len(source.positions)
        starts = range(0, count, batch)

        def read(start: int) -> Batch:
            rows = slice(start, start + batch)
            return source.store.read(source.positions[rows]), source.targets[rows]

        yield from map_ahead(read, starts, 1)

    return _dataset(one_pass, source, -(-len(source.positions) // batch))


def batch_counts(shares: Sequence[float], batch: int) -> list[int]:
    """Rows of each source in a batch of `batch`: in proportion to `shares`, at least one each.

    What division leaves goes to the largest remainders.

    Raises:
        UserError: there are more sources than rows in a batch.
    """
    if len(shares) > batch:
        raise UserError(f"config: batch_size: {batch} rows cannot hold {len(shares)} sources")
    exact = np.asarray(shares, np.float64) / sum(shares) * batch
    counts = np.maximum(1, np.floor(exact)).astype(int)
    while counts.sum() < batch:
        counts[np.argmax(exact - counts)] += 1
    while counts.sum() > batch:
        counts[np.argmax(np.where(counts > 1, counts - exact, -np.inf))] -= 1
    return [int(count) for count in counts]


def shuffled_buffers(count: int, buffer_rows: int, rng: np.random.Generator) -> list[Positions]:
    """Ascending row numbers of each buffer of one pass; together every row of `count` once.

    A buffer holds randomly chosen blocks of consecutive rows.
    """
    blocks = np.array_split(np.arange(count), max(1, -(-count // BLOCK_ROWS)))
    order = rng.permutation(len(blocks))
    per_buffer = max(1, buffer_rows // BLOCK_ROWS)
    return [
        np.concatenate([blocks[block] for block in np.sort(order[start : start + per_buffer])])
        for start in range(0, len(blocks), per_buffer)
    ]


class _Reader:
    """Shuffled passes over a source, in a given number of bytes."""

    def __init__(self, source: Source, memory: int, rng: np.random.Generator) -> None:
        self.source = source
        self._rng = rng
        count = len(source.positions)
        fitting = memory // (2 * int(np.prod(source.store.shape)))
        self._held = source.store.read(source.positions) if fitting >= count else None
        self._buffer_rows = fitting // BUFFERS if self._held is None else count + BLOCK_ROWS

    def batches(self, rows: int) -> Iterator[Batch]:
        """One pass in batches of `rows`; only the last is shorter."""
        stream = _Stream(iter(self._buffers()))
        while len((batch := stream.take(rows))[0]):
            yield batch

    def endless(self) -> "_Stream":
        """Pass after pass."""

        def passes() -> Iterator[_Buffer]:
            while True:
                yield from self._buffers()

        return _Stream(passes())

    def _buffers(self) -> Iterator["_Buffer"]:
        """The shuffled buffers of one pass."""
        chosen = shuffled_buffers(len(self.source.positions), self._buffer_rows, self._rng)
        orders = [self._rng.permutation(len(rows)) for rows in chosen]
        if self._held is not None:
            yield _Buffer(self._held, self.source.targets, orders[0])
            return

        largest = max(map(len, chosen))
        rooms = [np.empty((largest, *self.source.store.shape), np.float16) for _ in range(BUFFERS)]

        def read(number: int) -> _Buffer:
            rows = chosen[number]
            room = rooms[number % BUFFERS]
            features = self.source.store.read(self.source.positions[rows], room)
            return _Buffer(features, self.source.targets[rows], orders[number])

        yield from map_ahead(read, range(len(chosen)), 1)


@dataclass
class _Buffer:
    """Rows in memory and the order in which they are taken."""

    features: Features
    targets: Targets
    order: Positions


class _Stream:
    """Rows taken from buffer after buffer."""

    def __init__(self, buffers: Iterator[_Buffer]) -> None:
        self._buffers = buffers
        self._left: _Buffer | None = None

    def take(self, rows: int) -> Batch:
        """The next `rows` rows, fewer when the buffers end."""
        parts: list[Batch] = []
        while rows:
            if self._left is None or not len(self._left.order):
                self._left = None
                self._left = next(self._buffers, None)
            if self._left is None:
                break
            chosen, self._left.order = self._left.order[:rows], self._left.order[rows:]
            parts.append((self._left.features[chosen], self._left.targets[chosen]))
            rows -= len(chosen)
        return _joined(parts) if parts else (np.empty((0,), np.float16), np.empty((0,), np.float32))


def _joined(parts: Sequence[Batch]) -> Batch:
    if len(parts) == 1:
        return parts[0]
    features, targets = zip(*parts, strict=True)
    return np.concatenate(features), np.concatenate(targets)


def _dataset(
    one_pass: Callable[[], Iterator[Batch]], source: Source, batches: int
) -> "tf.data.Dataset":
    import tensorflow as tf

    signature = (
        tf.TensorSpec((None, *source.store.shape), tf.float16),
        tf.TensorSpec((None, source.targets.shape[1]), tf.float32),
    )
    # TensorFlow never lets go of a generator: the data set holds it, and with it rows in memory.
    generator = weakref.proxy(one_pass)
    dataset = tf.data.Dataset.from_generator(generator, output_signature=signature)
    dataset.one_pass = one_pass
    return dataset.apply(tf.data.experimental.assert_cardinality(batches)).prefetch(2)
