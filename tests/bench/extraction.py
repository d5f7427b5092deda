"""Extraction against what a user would write: `keras.Model.predict` over a directory of images.

Both run on the same drawn photos with the same network in one process, in interleaved pairs, so
that their ratio holds also on a machine that does other things; processor seconds stand beside
the wall's for the same reason.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.table import Table

from practical_dl.runtime import Log

PAIRS = 3
BATCH = 8
LAYERS = {"VGG16": "block5_conv3", "MobileNet": "conv_pw_12_relu"}
GIGAFLOPS = {"VGG16": 30.7, "MobileNet": 1.1}
"""Multiplications and additions of one 224x224 picture, up to the layer."""


@dataclass(frozen=True)
class Timing:
    """Seconds on the wall and of the processors, and the features (n, ...)."""

    wall: float
    processor: float
    features: np.ndarray


def speed_table(images: int, threads: int) -> Table:
    """Images a second, cosine similarity and bytes an image of each network."""
    table = Table(
        "network",
        "engine",
        "plain images/s",
        "ours images/s",
        "ratio, wall (each pair)",
        "ratio, processor",
        "cosine, least",
        "TFLOP/s",
        "bytes an image",
        title=f"{images} photos of 640x480 at 224x224, {threads} threads",
    )
    with tempfile.TemporaryDirectory() as folder:
        draw_photos(Path(folder), images)
        for application in LAYERS:
            table.add_row(application, *compare(application, Path(folder), images, threads))
    return table


def compare(application: str, folder: Path, images: int, threads: int) -> list[str]:
    import keras

    from practical_dl.images import backbones
    from practical_dl.images.inference import choose_engine, choose_precision
    from practical_dl.runtime import has_gpu

    network = backbones.build(application, (224, 224), 1)
    model = backbones.cut(network, application, LAYERS[application])
    engine = choose_engine("auto", has_gpu())
    precision = choose_precision("auto", engine, has_gpu())
    prepare(model, folder)
    plain = plain_way(model, folder)
    ours = our_way(folder, engine, precision, threads)
    pairs = [(timed(plain), timed(ours)) for _ in range(PAIRS)]
    keras.backend.clear_session()
    rates = [images / min(pair[way].wall for pair in pairs) for way in (0, 1)]
    first = pairs[0]
    return [
        f"{engine} {precision}",
        f"{rates[0]:.1f}",
        f"{rates[1]:.1f}",
        ", ".join(f"{one.wall / two.wall:.2f}" for one, two in pairs),
        ", ".join(f"{one.processor / two.processor:.2f}" for one, two in pairs),
        f"{least_cosine(first[0].features, first[1].features):.5f}",
        f"{rates[1] * GIGAFLOPS[application] / 1000:.2f}",
        f"{first[1].features[0].nbytes:,}",
    ]


def peak_memory(images: int, threads: int) -> float:
    """Peak MB of a process of its own that extracts VGG16 features of `images` photos."""
    command = [sys.executable, "-m", "tests.bench.extraction", str(images), str(threads)]
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
    from practical_dl.images import backbones
    from practical_dl.runtime import configure_tensorflow, limit_threads

    limit_threads(1)
    configure_tensorflow(seed=0)
    network = backbones.build("VGG16", (224, 224), 1)
    prepare(backbones.cut(network, "VGG16", LAYERS["VGG16"]), folder)


def write_shard(folder: Path, rows: pd.DataFrame, threads: int) -> None:
    from practical_dl.images import feature_store
    from practical_dl.images.extraction import extract
    from practical_dl.images.inference import choose_engine, choose_precision, open_network

    engine = choose_engine("auto", has_gpu=False)
    precision = choose_precision("auto", engine, has_gpu=False)
    network = open_network(
        engine, precision, folder / "network.keras", folder / "network.pb", BATCH, threads
    )
    rows = rows.assign(image_id=[str(row) for row in range(len(rows))], label="", group="")
    origin = feature_store.Origin(
        "vgg16", LAYERS["VGG16"], "none", "0" * 64, "224x224", engine, precision, "none"
    )
    log = Log("bench", StringIO(), StringIO())
    blocks = extract(network, folder, rows, (224, 224), BATCH, threads, log)
    feature_store.write_shard(folder / "shard.h5", rows, ["a"], (14, 14, 512), origin, {}, blocks)


def draw_photos(folder: Path, images: int) -> None:
    from practical_dl.images.demo_drawing import draw_photo
    from practical_dl.images.demo_scene import make_driver

    (folder / "all").mkdir()
    for number in range(images):
        photo = draw_photo(make_driver(0, number // 10), number % 10, 0).resize((640, 480))
        photo.save(folder / f"all/{number:05}.jpg", quality=90)


def photo_rows(folder: Path) -> pd.DataFrame:
    from practical_dl.artefacts import sha256_of_file

    paths = sorted((folder / "all").iterdir())
    return pd.DataFrame(
        {
            "path": [str(path.relative_to(folder)) for path in paths],
            "sha256": [sha256_of_file(path) for path in paths],
        }
    )


def prepare(model: Any, folder: Path) -> None:
    from practical_dl.artefacts import save_model, write_bytes
    from practical_dl.images.inference import freeze

    save_model(folder / "network.keras", model)
    write_bytes(folder / "network.pb", freeze(model))


def plain_way(model: Any, folder: Path) -> Callable[[], np.ndarray]:
    import keras

    def run() -> np.ndarray:
        images = keras.utils.image_dataset_from_directory(
            folder / "all",
            labels=None,
            image_size=(224, 224),
            batch_size=32,
            shuffle=False,
            verbose=False,
        )
        return model.predict(images, verbose=0)

    return run


def our_way(folder: Path, engine: str, precision: str, threads: int) -> Callable[[], np.ndarray]:
    from practical_dl.images.extraction import extract
    from practical_dl.images.inference import open_network

    rows = photo_rows(folder)
    network = open_network(
        engine, precision, folder / "network.keras", folder / "network.pb", BATCH, threads
    )

    def run() -> np.ndarray:
        log = Log("bench", StringIO(), StringIO())
        blocks = extract(network, folder, rows, (224, 224), BATCH, threads, log)
        return np.concatenate([block.astype(np.float16) for block in blocks])

    return run


def timed(work: Callable[[], np.ndarray]) -> Timing:
    wall, processor = time.perf_counter(), time.process_time()
    features = work()
    return Timing(time.perf_counter() - wall, time.process_time() - processor, features)


def least_cosine(one: np.ndarray, two: np.ndarray) -> float:
    """The least cosine similarity of an image's features in the two ways."""
    first, second = (values.reshape(len(values), -1).astype(np.float64) for values in (one, two))
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    cosines = np.divide((first * second).sum(axis=1), norms, np.ones_like(norms), where=norms > 0)
    return float(cosines.min())


if __name__ == "__main__":
    extract_alone(int(sys.argv[1]), int(sys.argv[2]))
