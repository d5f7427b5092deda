"""Extraction against what a user would write: `keras.Model.predict` over a directory of images.

Both run on the same drawn photos with the same network in one process, in interleaved pairs, so
that their ratio holds also on a machine that does other things. `make bench` prints a table.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from practical_dl.runtime import Log, configure_tensorflow, limit_threads

PAIRS = 3
LAYERS = {"VGG16": "block5_conv3", "MobileNet": "conv_pw_12_relu"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=160)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    limit_threads(arguments.threads)
    configure_tensorflow(seed=0)
    table = Table(
        "network", "plain images/s", "ours images/s", "ratio (each pair)", "cosine, least"
    )
    with tempfile.TemporaryDirectory() as folder:
        draw_photos(Path(folder), arguments.images)
        for application, layer in LAYERS.items():
            table.add_row(application, *measure(application, layer, Path(folder), arguments))
    Console().print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{arguments.images} photos at 224x224, {arguments.threads} threads; peak {peak:,.0f} MB")


def draw_photos(folder: Path, images: int) -> None:
    from practical_dl.images.demo_drawing import draw_photo
    from practical_dl.images.demo_scene import make_driver

    (folder / "all").mkdir()
    for number in range(images):
        photo = draw_photo(make_driver(0, number // 10), number % 10, 0).resize((640, 480))
        photo.save(folder / f"all/{number:05}.jpg", quality=90)


def measure(application: str, layer: str, folder: Path, arguments: argparse.Namespace) -> list[str]:
    from practical_dl.images import backbones

    network = backbones.build(application, (224, 224), 1)
    model = backbones.cut(network, application, layer)
    plain, ours = plain_way(model, folder), our_way(model, folder, arguments.threads)
    pairs = [(timed(plain), timed(ours)) for _ in range(PAIRS)]
    rates = [arguments.images / min(pair[way][0] for pair in pairs) for way in (0, 1)]
    ratios = [one[0] / two[0] for one, two in pairs]
    cosine = least_cosine(pairs[0][0][1], pairs[0][1][1])
    return [
        f"{rates[0]:.1f}",
        f"{rates[1]:.1f}",
        ", ".join(f"{ratio:.2f}" for ratio in ratios),
        f"{cosine:.5f}",
    ]


def plain_way(model: Any, folder: Path) -> Callable[[], np.ndarray]:
    import keras

    def run() -> np.ndarray:
        images = keras.utils.image_dataset_from_directory(
            folder, labels=None, image_size=(224, 224), batch_size=32, shuffle=False, verbose=False
        )
        return model.predict(images, verbose=0)

    return run


def our_way(model: Any, folder: Path, threads: int) -> Callable[[], np.ndarray]:
    import pandas as pd

    from practical_dl.artefacts import sha256_of_file
    from practical_dl.images.extraction import extract

    paths = sorted((folder / "all").iterdir())
    rows = pd.DataFrame(
        {
            "path": [str(path.relative_to(folder)) for path in paths],
            "sha256": [sha256_of_file(path) for path in paths],
        }
    )

    def run() -> np.ndarray:
        log = Log("bench", StringIO(), StringIO())
        blocks = extract(model, folder, rows, (224, 224), 32, threads, log)
        return np.concatenate([block.astype(np.float16) for block in blocks])

    return run


def timed(work: Callable[[], np.ndarray]) -> tuple[float, np.ndarray]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def least_cosine(one: np.ndarray, two: np.ndarray) -> float:
    """The least cosine similarity of an image's features in the two ways."""
    first, second = (values.reshape(len(values), -1).astype(np.float64) for values in (one, two))
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    cosines = np.divide((first * second).sum(axis=1), norms, np.ones_like(norms), where=norms > 0)
    return float(cosines.min())


if __name__ == "__main__":
    main()
