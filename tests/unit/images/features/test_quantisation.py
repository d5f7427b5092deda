from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.files.artefacts import write_bytes
from practical_dl.files.model_files import save_model
from practical_dl.images.demo.drawing import draw_photo
from practical_dl.images.demo.scene import make_driver
from practical_dl.images.features import backbones, inference
from practical_dl.images.features.quantisation import calibration_rows, quantise

keras = pytest.importorskip("keras")
pytest.importorskip("nncf")

SIZE = (48, 48)


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    drawn = [draw_photo(make_driver(0, number), number, 0).resize(SIZE) for number in range(10)]
    return np.stack([np.asarray(photo, np.float32) for photo in drawn])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, pictures: np.ndarray) -> Path:
    folder = tmp_path_factory.mktemp("network")
    keras.utils.set_random_seed(0)
    model = backbones.cut(backbones.build("VGGDemo", SIZE, 1), "VGGDemo", "block4_conv3")
    save_model(folder / "backbone.keras", model)
    write_bytes(folder / "backbone.pb", inference.freeze(model))
    graph, weights = quantise(folder / "backbone.pb", [picture[None] for picture in pictures])
    write_bytes(folder / "backbone_int8.xml", graph)
    write_bytes(folder / "backbone_int8.bin", weights)
    return folder


def features(folder: Path, graph: str, precision: str, pictures: np.ndarray) -> np.ndarray:
    network = inference.open_network(folder / graph, precision, 5, 1)
    found = [network.forward(pictures[start : start + 5]) for start in (0, 5)]
    return np.concatenate(found).reshape(len(pictures), -1)


def test_eight_bits_are_coarser_and_point_the_same_way(folder: Path, pictures: np.ndarray) -> None:
    exact = features(folder, "backbone.pb", "float32", pictures)
    given = features(folder, "backbone_int8.xml", "int8", pictures)
    norms = np.linalg.norm(exact, axis=1) * np.linalg.norm(given, axis=1)
    cosines = (exact * given).sum(axis=1) / norms
    assert cosines.min() > 0.98
    assert cosines.max() < 1 - 1e-6


def test_weights_take_a_quarter_of_the_room(folder: Path) -> None:
    floats = sum(weight.numpy().nbytes for weight in keras.models.load_model(
        folder / "backbone.keras", compile=False).weights)  # fmt: skip
    assert (folder / "backbone_int8.bin").stat().st_size < 0.35 * floats


def test_calibration_draws_each_picture_once_and_always_the_same() -> None:
    rows = pd.DataFrame({"image_id": [str(row) for row in range(300)]})
    drawn = calibration_rows(rows, seed=1)
    assert len(drawn) == 128
    assert drawn["image_id"].is_unique
    assert drawn.equals(calibration_rows(rows, seed=1))
    assert not drawn.equals(calibration_rows(rows, seed=2))
    assert len(calibration_rows(rows[:5], seed=1)) == 5
