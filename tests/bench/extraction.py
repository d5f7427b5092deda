"""Extraction against what a user would write: `keras.Model.predict` over a directory of images.

Both run on the same drawn photos with the same network in one process, in interleaved pairs, so
that their ratio holds also on a machine that does other things; processor seconds stand beside
the wall's for the same reason.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from rich.table import Table

from practical_dl.job.runtime import Log

if TYPE_CHECKING:
    from PIL import Image

    from practical_dl.images.features.inference import Network

CLASSES = 10
CALIBRATION = 64
PAIRS = 3
PLAIN = "plain, Keras float32"
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


@dataclass(frozen=True)
class Round:
    """One timing of every way, and the TFLOP/s of a matrix product beside it."""

    ways: dict[str, Timing]
    rate: float


def speed_table(images: int, threads: int) -> Table:
    """Each network the plain way and ours, in the default precision and in eight bits."""
    with tempfile.TemporaryDirectory() as folder:
        draw_photos(Path(folder), images)
        rounds = {name: timed_rounds(name, Path(folder), threads) for name in LAYERS}
    rate = max(one.rate for of_network in rounds.values() for one in of_network)
    table = Table(
        "network",
        "computed in",
        "images/s",
        "times plain, wall (each pair)",
        "times plain, processor",
        "cosine, least",
        "TFLOP/s",
        "of the machine's",
        title=f"{images} photos of 640x480 at 224x224, {threads} threads; the machine multiplies "
        f"bfloat16 matrices at {rate:.2f} TFLOP/s",
    )
    for application, of_network in rounds.items():
        for name in of_network[0].ways:
            table.add_row(application, name, *figures(application, name, of_network, images, rate))
    return table


def timed_rounds(application: str, folder: Path, threads: int) -> list[Round]:
    """Every way in turn, PAIRS times over, each round with what the machine gives at its end."""
    import keras

    from practical_dl.images.features import backbones

    network = backbones.build(application, (224, 224), 1)
    model = backbones.cut(network, application, LAYERS[application])
    prepare(model, folder)
    ways = {PLAIN: plain_way(model, folder), **our_ways(folder, threads)}
    rounds = [
        Round({name: timed(work) for name, work in ways.items()}, machine_rate(threads))
        for _ in range(PAIRS)
    ]
    keras.backend.clear_session()
    return rounds


def figures(application: str, way: str, rounds: list[Round], images: int, rate: float) -> list[str]:
    """The cells of one way of computing a network's features."""
    pairs = [(one.ways[PLAIN], one.ways[way]) for one in rounds]
    speed = images / min(given.wall for _, given in pairs)
    flops = speed * GIGAFLOPS[application] / 1000
    return [
        f"{speed:.1f}",
        ", ".join(f"{plain.wall / given.wall:.2f}" for plain, given in pairs),
        ", ".join(f"{plain.processor / given.processor:.2f}" for plain, given in pairs),
        f"{least_cosine(pairs[0][0].features, pairs[0][1].features):.5f}",
        f"{flops:.2f}",
        f"{flops / rate:.0%}",
    ]


def our_ways(folder: Path, threads: int) -> dict[str, Callable[[], np.ndarray]]:
    """The workflow's own way in its default precision, and in eight bits where that can be."""
    from practical_dl.images.features.inference import choose_engine, choose_precision, open_network
    from practical_dl.job.runtime import has_gpu

    engine = choose_engine("auto", has_gpu())
    precision = choose_precision("auto", engine, has_gpu())
    files = {f"{engine} {precision}": (precision, network_file(engine, folder))}
    if engine == "openvino" and find_spec("nncf"):
        files["openvino int8"] = ("int8", quantised(folder))
    return {
        name: our_way(folder, open_network(path, given, BATCH, threads), threads)
        for name, (given, path) in files.items()
    }


def network_file(engine: str, folder: Path) -> Path:
    """The file of a network that `prepare` wrote, for this engine."""
    from practical_dl.images.features.inference import file_for

    return file_for(engine, [str(folder / name) for name in ("network.keras", "network.pb")])


def quantised(folder: Path) -> Path:
    """The network in eight bits, calibrated on photos that are not timed."""
    from practical_dl.files.artefacts import write_bytes
    from practical_dl.images.features.quantisation import quantise

    drawn = [photo(1, number).resize((224, 224)) for number in range(CALIBRATION)]
    batches = [np.asarray(picture, np.float32)[None] for picture in drawn]
    graph, weights = quantise(folder / "network.pb", batches)
    write_bytes(folder / "network_int8.bin", weights)
    write_bytes(folder / "network_int8.xml", graph)
    return folder / "network_int8.xml"


def machine_rate(threads: int) -> float:
    """TFLOP/s of a product of bfloat16 matrices of 2048 rows, on every thread at once."""
    import openvino
    from openvino import opset13

    rows = 2048
    rng = np.random.default_rng(0)
    left = opset13.parameter([rows, rows], np.float32)
    product = opset13.matmul(left, rng.random((rows, rows), np.float32), False, False)
    settings = {
        "INFERENCE_PRECISION_HINT": "bf16",
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": 1,
    }
    request = (
        openvino.Core()
        .compile_model(openvino.Model([product], [left]), "CPU", settings)
        .create_infer_request()
    )
    given = rng.random((rows, rows), np.float32)
    seconds = []
    for _ in range(20):
        started = time.perf_counter()
        request.infer([given])
        seconds.append(time.perf_counter() - started)
    return 2 * rows**3 / min(seconds) / 1e12


def draw_photos(folder: Path, images: int) -> None:
    (folder / "all").mkdir()
    for number in range(images):
        photo(0, number).save(folder / f"all/{number:05}.jpg", quality=90)


def photo(seed: int, number: int) -> "Image.Image":
    from practical_dl.images.demo.drawing import draw_photo
    from practical_dl.images.demo.scene import make_driver

    driver = make_driver(seed, number // CLASSES)
    return draw_photo(driver, number % CLASSES, 0).resize((640, 480))


def photo_rows(folder: Path) -> pd.DataFrame:
    from practical_dl.files.artefacts import sha256_of_file

    paths = sorted((folder / "all").iterdir())
    return pd.DataFrame(
        {
            "path": [str(path.relative_to(folder)) for path in paths],
            "sha256": [sha256_of_file(path) for path in paths],
        }
    )


def prepare(model: Any, folder: Path) -> None:
    from practical_dl.files.artefacts import write_bytes
    from practical_dl.files.model_files import save_model
    from practical_dl.images.features.inference import freeze

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


def our_way(folder: Path, network: "Network", threads: int) -> Callable[[], np.ndarray]:
    from practical_dl.images.features.extraction import extract

    rows = photo_rows(folder)

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
