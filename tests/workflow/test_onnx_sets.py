"""Sets of pictures whose backbone is an ONNX network: every stage reads its features as others."""

import json
import shutil
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from PIL import Image
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.cli import main
from practical_dl.files.artefacts import sha256_of_file
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.scores.scoring import class_metrics

pytest.importorskip("openvino")
pytest.importorskip("onnx")

from tests import onnx_networks as nets

SET = """
    source: {folder: {path: pets, train_folder: train, test_folder: test}}
    sample: {train: 16, valid: 8, experiments: false}
    folds: 3
"""
CONFIG = f"""
run: {{images: [pets, cars], movies: [], reviews: [], characters: [], small: []}}
images:
  pets: {SET}
    backbones:
      net: {{onnx: net.onnx, output: features, input_size: [32, 32], precision: float32,
            pixels: {{scale: [50, 60, 70], mean: 110, order: bgr}}, passes: 1, shards: 2}}
      eight: {{onnx: net.onnx, output: pooled, input_size: [32, 32], precision: int8,
              pixels: {{scale: 60, mean: 110}}}}
    head: {{backbone: net, width: 16, dropout: 0, schedule: [[30, 0.01]]}}
    grid: {{components: 4, look_alikes: 3, schedule: [[2, 0.01]],
           products: [{{width: [8]}}]}}
  cars: {SET}
    backbones:
      net: {{application: MobileNet, alpha: 0.25, layer: conv_pw_3_relu, weights: random,
            input_size: [32, 32]}}
    head: {{backbone: net}}
"""
PETS = "results/images/pets"
TARGETS = (
    f"{PETS}/classifier.json",
    f"{PETS}/pages/explanations.html",
    f"{PETS}/features/net/labelled_pass1.h5",
    f"{PETS}/submission.csv",
    f"{PETS}/features/eight/labelled.h5",
    "results/images/cars/features/net/labelled.h5",
)
DOGSCATS = """
run: {images: [pets], movies: [], reviews: [], characters: [], small: []}
images:
  pets:
    source:
      folder:
        {path: dogscats/train.tar, train_folder: train, label_pattern: '(?P<label>cat|dog)[.]'}
    backbones:
      lite0:
        {onnx: weights/efficientnet_lite0_imagenet.onnx, output: features, input_size: [224, 224],
         pixels: {scale: 128, mean: 127}, pool: average}
    head: {backbone: lite0, width: 32, dropout: 0.5, schedule: [[20, 0.001]]}
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Red and blue noise, through a tiny network; and the same through one of Keras' own."""
    folder = copy_workflow(tmp_path_factory.mktemp("run"))
    rng = np.random.default_rng(0)
    for part, colour, count in (("train", 0, 12), ("train", 2, 12), ("test", 0, 4)):
        place = folder / "pets" / part / (("red", "", "blue")[colour] if part == "train" else "")
        place.mkdir(parents=True, exist_ok=True)
        for number in range(count):
            pixels = rng.integers(0, 100, (32, 32, 3), dtype=np.uint8)
            pixels[..., colour] += 120
            Image.fromarray(pixels).save(place / f"{('r', '', 'b')[colour]}{number}.png")
    nets.maps(folder / "net.onnx", batch=1)
    (folder / "mine.yaml").write_text(f"data_root: .\n{CONFIG}")
    result = snakemake_in(folder, *TARGETS, "--configfile", "mine.yaml")
    assert result.returncode == 0, result.stderr
    return folder


def features_by_reference(folder: Path) -> np.ndarray:
    """Of the labelled pictures in the manifest's order, by ONNX's own reference."""
    manifest = pd.read_csv(folder / PETS / "manifest.csv", keep_default_na=False)
    paths = manifest.loc[manifest["label"] != "", "path"]
    pictures = np.stack([np.asarray(Image.open(folder / "pets" / path)) for path in paths])
    given = ((pictures[..., ::-1] - 110.0) / [50, 60, 70]).astype(np.float32)
    moved = given.transpose(0, 3, 1, 2)
    found = [nets.reference(folder / "net.onnx", "features", one[None]) for one in moved]
    return np.concatenate(found).transpose(0, 2, 3, 1)


def test_stored_features_are_those_of_the_network(run: Path) -> None:
    with h5py.File(run / PETS / "features/net/labelled.h5") as file:
        stored = file["features"][:]
        assert file.attrs["weights_sha256"] == sha256_of_file(run / "net.onnx")
        assert (file.attrs["layer"], file.attrs["engine"]) == ("features", "openvino")
    right = features_by_reference(run)
    assert right.std() > 0.1
    assert stored == pytest.approx(right, rel=2e-3, abs=2e-3)


def test_changed_pictures_pass_through_it_too(run: Path) -> None:
    with h5py.File(run / PETS / "features/net/labelled_pass1.h5") as file:
        changed = file["features"][:]
        assert file.attrs["augmentation"] != "none"
    right = features_by_reference(run)
    assert changed.shape == right.shape
    assert 0.01 < np.abs(changed - right).mean() < right.std()


def test_eight_bits_are_near(run: Path) -> None:
    with h5py.File(run / PETS / "features/eight/labelled.h5") as file:
        stored = file["features"][:]
        assert file.attrs["precision"] == "int8"
    assert stored.shape == (24, nets.CHANNELS)
    assert np.isfinite(stored).all()
    assert stored.std(axis=0).max() > 0


def test_heads_and_what_follows_read_them(run: Path) -> None:
    for file in ("heads/net/grouped/predictions.csv", "models/chain/out_of_fold.csv"):
        predicted = read_class_predictions(run / PETS / file)
        right = (predicted.probabilities.argmax(axis=1) == predicted.labels()).mean()
        assert right > 0.9, file
    submission = pd.read_csv(run / PETS / "submission.csv")
    assert submission[["blue", "red"]].sum(axis=1).to_numpy() == pytest.approx(np.ones(4))


def test_a_name_is_of_another_kind_in_another_set(run: Path) -> None:
    cars = run / "results/images/cars/features/net"
    assert (cars / "backbone.keras").is_file()
    assert not (cars / "backbone.xml").exists()
    assert json.loads((cars / "backbone.json").read_text())["layer"] == "conv_pw_3_relu"


def test_its_classifier_predicts(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photos = [str(run / f"pets/train/{name}") for name in ("red/r0.png", "blue/b0.png")]
    assert main(["predict", "pets", *photos, "--json", "--results", str(run / "results")]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["predicted"] for line in lines] == ["red", "blue"]


def planned(folder: Path) -> str:
    """The jobs that a dry run would do for the clean features, as a table."""
    target = f"{PETS}/features/net/labelled.h5"
    result = snakemake_in(folder, "-n", target, "--configfile", "mine.yaml")
    assert result.returncode == 0, result.stderr
    return result.stdout + result.stderr


def test_another_file_under_its_name_is_computed_again(run: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(run, folder)
    assert "extract_features" not in planned(folder)
    (folder / "net.onnx.data").write_bytes(b"weights that were moved out")
    assert "prepare_onnx_backbone" in planned(folder)
    (folder / "net.onnx.data").unlink()
    nets.maps(folder / "net.onnx", layout="last")
    assert "extract_features" in planned(folder)


def test_an_output_is_asked_for_with_candidates(tmp_path: Path) -> None:
    folder = copy_workflow(tmp_path)
    (folder / "pets/train/red").mkdir(parents=True)
    for number in range(4):
        colour = (200, 9 * number, 0)
        Image.new("RGB", (32, 32), colour).save(folder / f"pets/train/red/{number}.png")
    shutil.copytree(folder / "pets/train/red", folder / "pets/train/rot")
    nets.maps(folder / "net.onnx")
    config = CONFIG.replace("output: features, ", "").replace(", test_folder: test", "")
    (folder / "mine.yaml").write_text(f"data_root: {folder}\n{config}")
    target = f"{PETS}/features/net/backbone.json"
    result = snakemake_in(folder, target, "--configfile", "mine.yaml")
    assert result.returncode == 1
    errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert errors == [
        "error: config: images.pets.backbones.net.output: which tensor's values are to be stored? "
        "Candidates: logits [n, 5], pooled [n, 6], features [n, 6, 8, 8]"
    ]
    assert not (folder / PETS / "features/net/backbone.xml").exists()


def test_dogs_and_cats_are_told_apart_by_a_network_that_keras_lacks(
    real_data: Path, tmp_path: Path
) -> None:
    folder = copy_workflow(tmp_path)
    (folder / "pets.yaml").write_text(f"data_root: {real_data}\n{DOGSCATS}")
    target = f"{PETS}/heads/lite0/grouped/predictions.csv"
    result = snakemake_in(folder, target, "--configfile", "pets.yaml")
    assert result.returncode == 0, result.stderr
    metrics = class_metrics("head", "valid", read_class_predictions(folder / target), 42)
    assert metrics["scores"]["accuracy"]["ci_low"] > 0.9
