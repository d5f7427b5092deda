"""The results of a tiny image set: eight pictures of two drivers, half of them held out."""

import hashlib
from pathlib import Path

import keras
import numpy as np
import pandas as pd
from PIL import Image

from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.files.model_files import save_model
from practical_dl.files.predictions import class_frame
from practical_dl.images.features import backbones
from practical_dl.images.pictures.manifest import write_manifest
from practical_dl.images.submission.classifier import classifier_content
from practical_dl.images.submission.classifier_model import joined_classifier
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import report

CLASSES = ["dark", "light"]
SIDE = 16


def make_results(workplace: Path) -> Path:
    """Write them below `workplace`, where the workflow ran; the results folder."""
    results = workplace / "results"
    images = results / "images/demo"
    rows = write_pictures(workplace)
    write_manifest(images / "manifest.csv", rows)
    roles = np.where(rows["group"] == "b", "valid", "train")
    write_csv(images / "splits/grouped.csv", rows[["image_id"]].assign(role=roles))
    _write_models(images)
    _write_scores(images, rows[roles == "valid"])
    return results


def write_pictures(workplace: Path) -> pd.DataFrame:
    """Eight pictures with noise; the content of their manifest."""
    root = Path("data/images/demo/files")
    (workplace / root).mkdir(parents=True)
    write_json(workplace / root.with_name("source.json"), {"root": str(root)})
    rng = np.random.default_rng(0)
    rows = []
    for number in range(8):
        path = workplace / root / f"{number}.png"
        low = 128 * (number % 2)
        Image.fromarray(rng.integers(low, low + 128, (20, 20, 3)).astype(np.uint8)).save(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        driver = "a" if number < 4 else "b"
        rows.append([path.name, path.name, "train", CLASSES[number % 2], driver, 20, 20, digest])
    names = ["image_id", "path", "split", "label", "group", "width", "height", "sha256"]
    return pd.DataFrame(rows, columns=names)


def _write_models(images: Path) -> None:
    """A backbone with the layers that exports have to translate, and a head."""
    keras.utils.set_random_seed(0)
    layers = keras.layers
    backbone = keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 3)),
            layers.Rescaling(1 / 127.5, offset=-1),
            layers.Conv2D(4, 3, padding="same", activation="relu"),
            layers.BatchNormalization(),
            layers.DepthwiseConv2D(3, strides=2, padding="same"),
            layers.ReLU(6.0),
        ],
        name="net_cut",
    )
    head = keras.Sequential(
        [
            keras.Input(backbone.output_shape[1:]),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.BatchNormalization(),
            layers.Dense(2, activation="softmax"),
        ],
        name="head",
    )
    save_model(images / "classifier.keras", joined_classifier(backbone, head))
    content = classifier_content("classifier.keras", (SIDE, SIDE), CLASSES, "it", None, "net")
    write_json(images / "classifier.json", content)
    described = backbones.describe(
        backbone, "relu", "none", "random", (SIDE, SIDE), "keras", "float32"
    )
    write_json(images / "features/net/backbone.json", described)


def _write_scores(images: Path, valid: pd.DataFrame) -> None:
    """Three of four right: the last one is dark by a hair."""
    sure = np.array([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3], [0.51, 0.49]])
    ids, groups = valid["image_id"].to_numpy(), valid["group"].to_numpy()
    write_csv(
        images / "heads/net/grouped/predictions.csv",
        class_frame(list(ids), list(groups), list(valid["label"]), CLASSES, sure),
    )
    scores = {"accuracy": Interval(0.75, 0.5, 1.0), "log_loss": Interval(0.35, 0.1, 0.7)}
    made = report("head on net", "valid (grouped split)", ids, groups, scores, 0)
    write_json(images / "heads/net/grouped/metrics.json", made)
    leak = {"accuracy": Interval(0.2, 0.1, 0.3)}
    write_json(images / "heads/net/leak.json", report("head on net", "leak", ids, groups, leak, 0))
