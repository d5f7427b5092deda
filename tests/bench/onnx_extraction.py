"""An ONNX backbone against what a user would write: OpenVINO's own queue of requests in a loop.

Both decode the same drawn photos and write float16 features to HDF5, in interleaved pairs, so that
their ratio holds also on a machine that does other things. The network's own rate, on pictures
that are decoded already, stands beside them.
"""

import os
import tempfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from rich.table import Table

from practical_dl.images.features import store as feature_store
from practical_dl.images.features.extraction import extract
from practical_dl.images.features.inference import choose_precision, open_network
from practical_dl.images.features.onnx_backbones import GRAPH, prepare
from practical_dl.images.features.onnx_features import Asked
from practical_dl.job.runtime import Log
from tests.bench.extraction import BATCH, PAIRS, draw_photos, least_cosine, photo_rows, timed

SIZE = 224
NETWORK = "weights/efficientnet_lite0_imagenet.onnx"
PIXELS = {"scale": 128, "mean": 127, "order": "rgb"}
FEATURES = (7, 7, 1280)
HINTS = {"float32": "f32", "bfloat16": "bf16"}


def onnx_table(images: int, threads: int) -> Table | str:
    """Images a second of each way, and ours as a share of the plain one's in each pair."""
    data = os.environ.get("PRACTICAL_DL_DATA")
    if data is None:
        return f"ONNX: not measured; PRACTICAL_DL_DATA names no folder with {NETWORK}"
    path = Path(data) / NETWORK
    precision = choose_precision("auto", "openvino", has_gpu=False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw_photos(folder, images)
        ways = {
            "plain": plain_way(path, folder, precision, threads),
            "ours": our_way(path, folder, precision, threads),
            "network alone": network_alone(path, images, precision, threads),
        }
        rounds = [{name: timed(work) for name, work in ways.items()} for _ in range(PAIRS)]
    cosine = least_cosine(rounds[0]["plain"].features, rounds[0]["ours"].features)
    table = Table(
        "way",
        "images/s",
        "of plain, wall (each pair)",
        "of plain, processor",
        title=f"{path.stem}, {images} photos of 640x480, {precision}, {threads} threads; decoded "
        f"and written but in the last row; least cosine of their features {cosine:.5f}",
    )
    for way in ways:
        pairs = [(done["plain"], done[way]) for done in rounds]
        table.add_row(
            way,
            f"{images / min(own.wall for _, own in pairs):.1f}",
            ", ".join(f"{plain.wall / own.wall:.2f}" for plain, own in pairs),
            ", ".join(f"{plain.processor / own.processor:.2f}" for plain, own in pairs),
        )
    return table


def compiled(path: Path, precision: str, threads: int) -> Any:
    """OpenVINO's network at its hint for throughput."""
    import openvino

    network = openvino.Core().read_model(path)
    network.reshape([BATCH, 3, SIZE, SIZE])
    settings = {
        "PERFORMANCE_HINT": "THROUGHPUT",
        "INFERENCE_NUM_THREADS": threads,
        "INFERENCE_PRECISION_HINT": HINTS[precision],
    }
    return openvino.Core().compile_model(network, "CPU", settings)


def plain_way(path: Path, folder: Path, precision: str, threads: int) -> Callable[[], np.ndarray]:
    """Pillow, NumPy, OpenVINO's queue and h5py, as their documentation shows them."""
    import openvino
    from PIL import Image

    network = compiled(path, precision, threads)
    paths = sorted((folder / "all").iterdir())

    def run() -> np.ndarray:
        with h5py.File(folder / "plain.h5", "w") as file:
            written = file.create_dataset("features", (len(paths), *FEATURES), np.float16)

            def keep(request: Any, start: int) -> None:
                found = request.get_tensor("features").data.transpose(0, 2, 3, 1)
                written[start : start + BATCH] = found[: len(paths) - start]

            queue = openvino.AsyncInferQueue(network)
            queue.set_callback(keep)
            for start in range(0, len(paths), BATCH):
                pictures = np.zeros((BATCH, SIZE, SIZE, 3), np.float32)
                for row, one in enumerate(paths[start : start + BATCH]):
                    picture = (
                        Image.open(one)
                        .convert("RGB")
                        .resize((SIZE, SIZE), Image.Resampling.BILINEAR)
                    )
                    pictures[row] = np.asarray(picture)
                queue.start_async([((pictures - 127) / 128).transpose(0, 3, 1, 2)], start)
            queue.wait_all()
            return written[:].astype(np.float32)

    return run


def our_way(path: Path, folder: Path, precision: str, threads: int) -> Callable[[], np.ndarray]:
    """The workflow's own extraction into a shard."""
    prepare(Asked(str(path), "features", (SIZE, SIZE), PIXELS, None, None, "none"), threads, folder)
    network = open_network(folder / GRAPH, precision, BATCH, threads)
    rows = photo_rows(folder)
    rows = rows.assign(image_id=[str(row) for row in range(len(rows))], label="", group="")
    origin = feature_store.Origin("net", "features", "none", "0" * 64, "", "", precision, "none")

    def run() -> np.ndarray:
        log = Log("bench", StringIO(), StringIO())
        blocks = extract(network, folder, rows, (SIZE, SIZE), BATCH, threads, log)
        shard = folder / "shard.h5"
        feature_store.write_shard(shard, rows, ["a"], FEATURES, origin, {}, blocks)
        with h5py.File(shard) as file:
            return file["features"][:].astype(np.float32)

    return run


def network_alone(
    path: Path, images: int, precision: str, threads: int
) -> Callable[[], np.ndarray]:
    """OpenVINO's queue on noise that lies in memory."""
    import openvino

    network = compiled(path, precision, threads)
    noise = np.random.default_rng(0).random((BATCH, 3, SIZE, SIZE), np.float32)

    def run() -> np.ndarray:
        queue = openvino.AsyncInferQueue(network)
        for _ in range(0, images, BATCH):
            queue.start_async([noise])
        queue.wait_all()
        return noise

    return run
