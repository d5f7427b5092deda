"""What rounding costs a head: the same regression on features of three ways of computing them.

The network is the demo's, trained on drawn drivers, so that its features tell classes apart.
"""

import tempfile
from io import StringIO
from pathlib import Path

import numpy as np
from rich.table import Table

from practical_dl.job.runtime import Log
from tests.bench.extraction import CLASSES, network_file, prepare

DRIVERS = 40
TRAINING_DRIVERS = 30
SIZE = (64, 64)
LAYER = "block4_conv3"


def quality_table() -> Table:
    """Log loss and accuracy on ten drivers of a regression on the photos of thirty others."""
    table = Table(
        "features",
        "log loss",
        "accuracy",
        title=f"A head on the demo network's features, {DRIVERS - TRAINING_DRIVERS} unseen drivers",
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, features in features_by_way(Path(folder)).items():
            loss, accuracy = head_scores(features)
            table.add_row(name, f"{loss:.4f}", f"{accuracy:.1%}")
    return table


def features_by_way(folder: Path) -> dict[str, np.ndarray]:
    """Features (photos, height, width, channels) in float32, and as the store holds them."""
    from practical_dl.images.demo.drawing import draw_photo
    from practical_dl.images.demo.network import train_demo_network
    from practical_dl.images.demo.scene import make_driver
    from practical_dl.images.features import backbones
    from practical_dl.images.features.inference import choose_engine, choose_precision, open_network
    from practical_dl.images.features.quantisation import quantise

    network = train_demo_network(Log("bench", StringIO(), StringIO()))
    model = backbones.cut(network, backbones.DEMO_APPLICATION, LAYER)
    prepare(model, folder)
    pictures = np.stack(
        [
            np.asarray(draw_photo(make_driver(5, row // CLASSES), row % CLASSES, 0).resize(SIZE))
            for row in range(DRIVERS * CLASSES)
        ]
    ).astype(np.float32)
    graph, weights = quantise(folder / "network.pb", [one[None] for one in pictures[:CLASSES]])
    (folder / "network_int8.xml").write_bytes(graph)
    (folder / "network_int8.bin").write_bytes(weights)
    engine = choose_engine("auto", has_gpu=False)
    found = {"Keras float32, stored in float32": model.predict(pictures, verbose=0)}
    for precision, path in (
        (choose_precision("auto", engine, has_gpu=False), network_file(engine, folder)),
        ("int8", folder / "network_int8.xml"),
    ):
        opened = open_network(path, precision, len(pictures), 1)
        stored = opened.forward(pictures).astype(np.float16)
        found[f"{engine} {precision}, stored in float16"] = stored
    return found


def head_scores(features: np.ndarray) -> tuple[float, float]:
    """Log loss and accuracy; row i is of driver i // CLASSES and class i % CLASSES."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import accuracy_score, log_loss
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows = features.astype(np.float32).reshape(len(features), -1)
    labels = np.arange(len(rows)) % CLASSES
    train = TRAINING_DRIVERS * CLASSES
    head = make_pipeline(StandardScaler(), LogisticRegression(C=0.001, max_iter=1000))
    head.fit(rows[:train], labels[:train])
    given = head.predict_proba(rows[train:])
    return (
        float(log_loss(labels[train:], given)),
        float(accuracy_score(labels[train:], given.argmax(axis=1))),
    )
