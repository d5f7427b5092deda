"""Peak memory of extraction, in a process of its own that does nothing else."""

import os
import resource
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

import pandas as pd

from practical_dl.job.runtime import Log
from tests.bench.extraction import (
    BATCH,
    LAYERS,
    draw_photos,
    network_file,
    photo_rows,
    prepare,
)


def peak_memory(images: int, threads: int) -> float:
    """Peak MB of a process of its own that extracts VGG16 features of `images` photos."""
    command = [sys.executable, "-m", "tests.bench.memory", str(images), str(threads)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def extract_alone(images: int, threads: int) -> None:
    """Extract to a shard in a process that does nothing else; print its peak memory in MB.

    The network is prepared by another process, as in the workflow.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.fork() == 0:
            prepare_in(folder)
            os._exit(0)
        os.wait()
        draw_photos(folder, 32)
        rows = photo_rows(folder)
        rows = pd.concat([rows] * (images // 32), ignore_index=True)
        write_shard(folder, rows, threads)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def prepare_in(folder: Path) -> None:
    from practical_dl.images.features import backbones
    from practical_dl.job.runtime import configure_tensorflow, limit_threads

    limit_threads(1)
    configure_tensorflow(seed=0)
    network = backbones.build("VGG16", (224, 224), 1)
    prepare(backbones.cut(network, "VGG16", LAYERS["VGG16"]), folder)


def write_shard(folder: Path, rows: pd.DataFrame, threads: int) -> None:
    from practical_dl.images.features import store as feature_store
    from practical_dl.images.features.extraction import extract
    from practical_dl.images.features.inference import choose_engine, choose_precision, open_network

    engine = choose_engine("auto", has_gpu=False)
    precision = choose_precision("auto", engine, has_gpu=False)
    network = open_network(network_file(engine, folder), precision, BATCH, threads)
    rows = rows.assign(image_id=[str(row) for row in range(len(rows))], label="", group="")
    origin = feature_store.Origin(
        "vgg16", LAYERS["VGG16"], "none", "0" * 64, "224x224", engine, precision, "none"
    )
    log = Log("bench", StringIO(), StringIO())
    blocks = extract(network, folder, rows, (224, 224), BATCH, threads, log)
    feature_store.write_shard(folder / "shard.h5", rows, ["a"], (14, 14, 512), origin, {}, blocks)


if __name__ == "__main__":
    extract_alone(int(sys.argv[1]), int(sys.argv[2]))
