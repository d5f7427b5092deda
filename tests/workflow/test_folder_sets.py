"""Other image sets by configuration alone: fisheries' shape, and dogs and cats."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.scores.scoring import class_metrics

FISH = ["ALB", "BET", "DOL", "LAG", "NoF", "OTHER", "SHARK", "YFT"]
FISHERIES = """
run: {images: [fisheries], movies: [], reviews: []}
images:
  fisheries:
    source:
      folder: {path: fisheries, train_folder: train, test_folder: test_stg1,
               sample_submission: sample_submission_stg1.csv}
    sample: {train: 32, valid: 16}
    backbones:
      net: {application: MobileNet, alpha: 0.25, layer: conv_pw_7_relu, pool: average,
            weights: random, input_size: [32, 32], shards: 2}
    head: {backbone: net, width: 16, schedule: [[2, 0.001]]}
"""
PETS = """
run: {images: [pets], movies: [], reviews: []}
images:
  pets:
    source:
      folder:
        {path: dogscats/train.tar, train_folder: train, label_pattern: '(?P<label>cat|dog)[.]'}
    sample: {train: 32, valid: 16}
    backbones:
      mobilenet:
        {application: MobileNet, alpha: 0.25, layer: conv_pw_13_relu, input_size: [224, 224],
         weights: weights/mobilenet_v1_0.25_224_imagenet.npz, pool: average}
    head: {backbone: mobilenet, width: 32, dropout: 0.5, schedule: [[20, 0.001]]}
"""


def draw_fisheries(folder: Path) -> None:
    """Eight classes of a colour each, nine pictures a class, and twelve unlabelled ones."""
    rng = np.random.default_rng(0)
    colours = rng.integers(30, 220, (len(FISH), 3))

    def draw(path: Path, colour: np.ndarray) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        noise = rng.integers(-20, 21, (36, 64, 3))
        Image.fromarray((colour + noise).astype(np.uint8)).save(path)

    for name, colour in zip(FISH, colours, strict=True):
        for number in range(9):
            draw(folder / f"train/{name}/img_{name}{number}.jpg", colour)
    names = [f"img_{number:05}.jpg" for number in range(12)]
    for number, name in enumerate(names):
        draw(folder / f"test_stg1/{name}", colours[number % len(FISH)])
    sample = pd.DataFrame(1 / len(FISH), index=range(12), columns=FISH)
    sample.insert(0, "image", names[::-1])
    sample.to_csv(folder / "sample_submission_stg1.csv", index=False)


def test_a_fisheries_set_ends_in_a_submission_of_its_own_format(tmp_path: Path) -> None:
    folder = copy_workflow(tmp_path)
    draw_fisheries(folder / "fisheries")
    (folder / "fisheries.yaml").write_text(f"data_root: {folder}\n{FISHERIES}")
    target = "results/images/fisheries/submission.csv"
    result = snakemake_in(folder, target, "--configfile", "fisheries.yaml")
    assert result.returncode == 0, result.stderr
    submission = pd.read_csv(folder / target)
    assert list(submission.columns) == ["image", *FISH]
    assert submission["image"].tolist() == [f"img_{row:05}.jpg" for row in range(11, -1, -1)]
    assert submission[FISH].sum(axis=1).to_numpy() == pytest.approx(np.ones(12), abs=1e-6)
    assert submission[FISH].to_numpy().std() > 0


def test_dogs_and_cats_are_told_apart_on_features(real_data: Path, tmp_path: Path) -> None:
    folder = copy_workflow(tmp_path)
    (folder / "pets.yaml").write_text(f"data_root: {real_data}\n{PETS}")
    target = "results/images/pets/heads/mobilenet/grouped/predictions.csv"
    result = snakemake_in(folder, target, "--configfile", "pets.yaml")
    assert result.returncode == 0, result.stderr
    manifest = pd.read_csv(folder / "results/images/pets/manifest.csv")
    assert manifest["label"].value_counts().to_dict() == {"cat": 150, "dog": 150}
    metrics = class_metrics("head", "valid", read_class_predictions(folder / target), 42)
    assert "not grouped" in metrics["interval"]
    assert metrics["scores"]["accuracy"]["ci_low"] > 0.65, "far better than chance"
