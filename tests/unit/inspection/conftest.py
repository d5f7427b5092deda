"""A small results folder, each artefact written by the workflow's own writers."""

import json
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from practical_dl.files.artefacts import write_columns, write_csv, write_json, write_text
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.features.store import Origin, join_shards, write_shard
from practical_dl.images.pictures.manifest import write_manifest
from practical_dl.images.sample.store import write_sample
from practical_dl.overview.comparison import COLUMNS as COMPARISON
from practical_dl.report import page as pages
from practical_dl.scoring.metrics import classification_scores, report

ORIGIN = Origin("net", "conv", "none", "a" * 64, "4 x 4", "keras", "float32", "none")
LABELS = ["cat", "dog"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A results folder of eight pictures of four animals in two classes."""
    root = tmp_path / "results/images/tiny"
    ids = [f"p{number}.jpg" for number in range(8)]
    labels = [LABELS[number % 2] for number in range(8)]
    groups = [f"animal{number // 2}" for number in range(8)]
    manifest = pd.DataFrame(
        {
            "image_id": ids, "path": ids, "split": "train", "label": labels, "group": groups,
            "width": 4, "height": 4, "sha256": [f"{number:064x}" for number in range(8)],
        }
    )  # fmt: skip
    write_manifest(root / "manifest.csv", manifest)
    roles = ["train"] * 4 + ["valid"] * 4
    write_csv(root / "splits/grouped.csv", pd.DataFrame({"image_id": ids, "role": roles}))
    write_csv(
        root / "splits/random.csv",
        pd.DataFrame({"image_id": ids, "role": ["train", "valid", "valid", "train"] * 2}),
    )
    write_csv(root / "splits/folds.csv", pd.DataFrame({"image_id": ids, "fold": [0] * 4 + [1] * 4}))
    probabilities = np.array([[0.8, 0.2], [0.3, 0.7], [0.6, 0.4], [0.9, 0.1]])
    write_csv(
        root / "heads/predictions.csv",
        pd.DataFrame({"id": ids[4:], "group": groups[4:], "true": labels[4:]}).assign(
            cat=probabilities[:, 0], dog=probabilities[:, 1]
        ),
    )
    predictions = read_class_predictions(root / "heads/predictions.csv")
    scores = classification_scores(predictions.labels(), probabilities, predictions.groups, 1)
    content = report("head", "valid", predictions.ids, predictions.groups, scores, 1)
    write_json(root / "heads/metrics.json", content)
    rows = [["images", "tiny", "head", "valid", "accuracy", 0.75, 0.5, 1, 4, 1, 3.5]]
    write_csv(tmp_path / "results/comparison.csv", pd.DataFrame(rows, columns=COMPARISON))
    write_csv(root / "submission.csv", pd.DataFrame({"img": ids, "cat": 0.25, "dog": 0.75}))
    for shard in range(2):
        part = manifest.iloc[4 * shard : 4 * shard + 4]
        block = np.arange(1 + 4 * 12 * shard, 1 + 4 * 12 * (shard + 1), dtype=np.float16)
        write_shard(
            root / f"features/labelled/shard_{shard}.h5",
            part, LABELS, (2, 2, 3), ORIGIN, {"numpy": "2"}, [block.reshape(4, 2, 2, 3)],
        )  # fmt: skip
    shards = [root / f"features/labelled/shard_{shard}.h5" for shard in range(2)]
    join_shards(root / "features/labelled.h5", shards)
    sample = pd.DataFrame(
        {
            "image_id": ids, "label": [0, 1] * 4, "group": groups,
            "grouped": roles, "random": roles,
        }
    )  # fmt: skip
    pixels = np.arange(8 * 4 * 4 * 3, dtype=np.uint8).reshape(8, 4, 4, 3)
    write_sample(root / "sample/images.h5", sample, LABELS, (4, 4), [pixels])
    write_text(root / "page.html", pages.page("Title", "A finding.", [pages.paragraph("text")]))
    write_text(tmp_path / "results/run_config.yaml", "run: {images: [tiny]}\nseed: 42\n")
    Image.fromarray(pixels[0]).save(root / "picture.png")
    ratings = pd.DataFrame(
        {"user_id": [1, 1, 2], "movie_id": [1, 2, 1], "rating": [4.0, 3.5, 1], "timestamp": 9}
    )
    write_columns(tmp_path / "results/movies/tiny/ratings.h5", ratings)
    return tmp_path / "results"


def write_model(path: Path, weight: float) -> None:
    """A `.keras` file of one dense layer, by hand: importing Keras costs seconds."""
    import io
    import zipfile

    weights = io.BytesIO()
    with h5py.File(weights, "w") as file:
        file["layers/dense/vars/0"] = np.array([1.0, weight])
    layers: list[dict[str, object]] = [
        {"class_name": kind, "config": {}} for kind in ("InputLayer", "Dense")
    ]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.15.1"}))
        archive.writestr("config.json", json.dumps({"config": {"name": "net", "layers": layers}}))
        archive.writestr("model.weights.h5", weights.getvalue())
