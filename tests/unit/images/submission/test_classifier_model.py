import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from practical_dl.cli import main
from practical_dl.files.artefacts import write_json
from practical_dl.images.features import inference, onnx_backbones
from practical_dl.images.features.onnx_features import Asked
from practical_dl.images.submission.classifier import classifier_content
from practical_dl.images.submission.classifier_model import open_classifier, write_classifier
from practical_dl.inspection.inspecting import inspect_file
from practical_dl.job.errors import UserError

pytest.importorskip("openvino")
pytest.importorskip("onnx")

from tests import onnx_networks as nets

keras = pytest.importorskip("keras")

CLASSES = ["cat", "dog"]


@pytest.fixture(scope="module", params=["n", 1])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A head on an ONNX network of a free batch, and of one of one, exported."""
    folder = tmp_path_factory.mktemp("classifier") / "images/demo"
    folder.mkdir(parents=True)
    path = nets.maps(folder / "net.onnx", request.param)
    pixels = {"scale": 64, "mean": 127, "order": "rgb"}
    asked = Asked(str(path), "features", (nets.SIZE, nets.SIZE), pixels, None, None, "none")
    onnx_backbones.prepare(asked, 1, folder)
    keras.utils.set_random_seed(0)
    head = keras.Sequential(
        [
            keras.Input((nets.GRID, nets.GRID, nets.CHANNELS)),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.5),
            keras.layers.BatchNormalization(),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
    head.save(folder / "head.keras")
    models = [folder / "classifier.xml", folder / "classifier.bin"]
    write_classifier(models, folder / onnx_backbones.GRAPH, head)
    size = (nets.SIZE, nets.SIZE)
    content = classifier_content(models[0].name, size, CLASSES, "it", None, "net")
    write_json(folder / "classifier.json", content)
    return folder


@pytest.fixture
def pictures() -> np.ndarray:
    shape = (3, nets.SIZE, nets.SIZE, 3)
    return np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)


def test_one_network_gives_what_backbone_and_head_give(folder: Path, pictures: np.ndarray) -> None:
    backbone = inference.open_network(folder / onnx_backbones.GRAPH, "float32", 1, 1)
    head = keras.models.load_model(folder / "head.keras")
    right = head.predict(backbone.forward(pictures.astype(np.float32)), verbose=0)
    given = open_classifier(folder / "classifier.xml")(pictures)
    assert right[:, 0].std() > 0.01
    assert given == pytest.approx(right, abs=1e-5)


def test_it_is_used_elsewhere_with_openvino_alone(folder: Path, pictures: np.ndarray) -> None:
    import openvino

    compiled = openvino.Core().compile_model(folder / "classifier.xml", "CPU")
    one = pictures[:1].astype(np.float32)
    (given,) = compiled({"pictures": one}).to_dict().values()
    right = open_classifier(folder / "classifier.xml")(pictures[:1])
    assert compiled.output(0).get_any_name() == "probabilities"
    assert given == pytest.approx(right, abs=0.02), "in the processor's own precision"


def test_photos_are_predicted(
    folder: Path, pictures: np.ndarray, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(3)]
    for path, picture in zip(paths, pictures, strict=True):
        Image.fromarray(picture).save(path)
    results = str(folder.parents[1])
    assert main(["predict", "demo", *map(str, paths), "--json", "--results", results]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    right = open_classifier(folder / "classifier.xml")(pictures)
    assert [line["dog"] for line in lines] == pytest.approx(right[:, 1], abs=1e-6)
    assert [line["predicted"] for line in lines] == [CLASSES[row] for row in right.argmax(axis=1)]


def test_a_classifier_without_its_weights_is_one_line(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "classifier.xml"
    path.write_bytes((folder / "classifier.xml").read_bytes())
    with pytest.raises(UserError, match=r"classifier\.xml: a damaged network"):
        open_classifier(path)


def test_its_files_are_inspected(folder: Path) -> None:
    told = [inspect_file(folder / f"classifier.{kind}").described for kind in ("xml", "bin")]
    assert [one.what for one in told] == [
        "network: a graph, for OpenVINO",
        "weights of a graph, for OpenVINO",
    ]
    assert all(not one.wrong and "32,32,3" in one.facts["input"] for one in told)
