"""A head's epoch streamed from a store against the same epoch from memory.

Each runs in a process of its own, so that peak memory is told apart; they take turns, and their
ratio is taken pair by pair. The store is generated: random features of VGG16's shape.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from rich.table import Table

from practical_dl.job.runtime import configure_tensorflow, limit_threads

SHAPE = (14, 14, 512)
CLASSES = 10
BATCH = 64
SHARDS = 8
EPOCHS = 3
"""Of which the first, in which TensorFlow compiles, does not count."""
STREAM_MB = 500
DESCRIPTION = {
    "weights_sha256": "0" * 64, "layer": "block5_conv3", "pool": "none", "engine": "none",
    "precision": "none",
}  # fmt: skip


def reading_table(gigabytes: float, threads: int, pairs: int) -> Table:
    """Seconds of an epoch, streamed and from memory, and the peak memory of each process."""
    table = Table(
        "store", "from memory s", "streamed s", "ratio (each pair)", "ratio, processor",
        "peak in memory MB", "peak streamed MB",
        title=f"A head's epoch on 14x14x512 features, {threads} threads, {STREAM_MB} MB to stream",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        rows = write_store(Path(folder), gigabytes)
        held = int(gigabytes * 1000) + 100
        runs = [
            (measure(folder, held, threads), measure(folder, STREAM_MB, threads))
            for _ in range(pairs)
        ]
    table.add_row(
        f"{gigabytes:g} GB, {rows:,} images",
        f"{min(one['wall'] for one, _ in runs):.1f}",
        f"{min(two['wall'] for _, two in runs):.1f}",
        ", ".join(f"{two['wall'] / one['wall']:.2f}" for one, two in runs),
        ", ".join(f"{two['processor'] / one['processor']:.2f}" for one, two in runs),
        f"{max(one['peak'] for one, _ in runs):,.0f}",
        f"{max(two['peak'] for _, two in runs):,.0f}",
    )
    return table


def write_store(folder: Path, gigabytes: float) -> int:
    from practical_dl.images.features import store as feature_store

    rng = np.random.default_rng(0)
    per_shard = round(gigabytes * 1e9 / (2 * np.prod(SHAPE)) / SHARDS)
    origin = feature_store.Origin(
        "vgg16", "block5_conv3", "none", "0" * 64, "224x224", "none", "none", "none"
    )
    classes = [f"c{label}" for label in range(CLASSES)]
    block = rng.random((256, *SHAPE), np.float32)
    for shard in range(SHARDS):
        rows = pd.DataFrame(
            {
                "image_id": [f"{shard}_{row}" for row in range(per_shard)],
                "label": [classes[row % CLASSES] for row in range(per_shard)],
                "group": "",
            }
        )
        blocks = (block[: per_shard - start] for start in range(0, per_shard, len(block)))
        feature_store.write_shard(
            folder / f"labelled/shard_{shard}.h5", rows, classes, SHAPE, origin, {}, blocks
        )
    feature_store.join_shards(folder / "labelled.h5", shard_paths(folder))
    return per_shard * SHARDS


def shard_paths(folder: Path) -> list[Path]:
    return [folder / f"labelled/shard_{shard}.h5" for shard in range(SHARDS)]


def measure(folder: str, memory_mb: int, threads: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.reading", folder, str(memory_mb), str(threads)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(result.stdout.splitlines()[-1])


def train(folder: Path, memory_mb: int, threads: int) -> dict[str, float]:
    """Train the lesson's head; the least wall and processor seconds of an epoch, and the peak."""
    limit_threads(threads)
    configure_tensorflow(seed=0)
    import keras

    from practical_dl.images.features.batches import labelled_source, training_batches
    from practical_dl.images.features.store import open_store
    from practical_dl.images.networks.heads import lesson_head

    store = open_store(folder / "labelled.h5", shard_paths(folder), DESCRIPTION)
    source = labelled_source(store, np.arange(len(store.rows)), CLASSES)
    batches = training_batches([source], [1], BATCH, memory_mb, seed=0)
    model = lesson_head(SHAPE, CLASSES, 128, 0.8)
    model.compile(optimizer=keras.optimizers.Adam(1e-4), loss="categorical_crossentropy")
    seconds = []
    for _ in range(EPOCHS):
        wall, processor = time.perf_counter(), time.process_time()
        model.fit(batches, epochs=1, verbose=0)
        seconds.append((time.perf_counter() - wall, time.process_time() - processor))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    least = np.min(seconds[1:], axis=0)
    return {"wall": least[0], "processor": least[1], "peak": peak}


if __name__ == "__main__":
    print(json.dumps(train(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
