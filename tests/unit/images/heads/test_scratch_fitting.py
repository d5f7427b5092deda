from io import StringIO

import numpy as np
import pandas as pd
import pytest

from practical_dl.files.artefacts import write_bytes
from practical_dl.files.model_files import save_model
from practical_dl.images.features import backbones, inference
from practical_dl.images.features import store as feature_store
from practical_dl.images.features.batches import labelled_source, ordered_batches
from practical_dl.images.heads.scratch_fitting import Network, changed_batches, fit_network
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.recipe import Recipe

pytest.importorskip("keras")
SIZE = (20, 24)
RECIPE = Recipe([[6, 0.01]], 8)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> feature_store.FeatureStore:
    """Forty pictures of two classes, dark and bright, through the network that is none."""
    folder = tmp_path_factory.mktemp("pixels")
    rng = np.random.default_rng(0)
    labels = np.arange(40) % 2
    pictures = rng.integers(0, 60, (40, *SIZE, 3)) + 150 * labels[:, None, None, None]
    configure_tensorflow(0)
    model = backbones.cut(backbones.build("Pixels", SIZE, 1), "Pixels", "pixels")
    save_model(folder / "backbone.keras", model)
    write_bytes(folder / "backbone.pb", inference.freeze(model))
    engine = inference.choose_engine("auto", has_gpu=False)
    precision = inference.choose_precision("auto", engine, has_gpu=False)
    files = [str(folder / name) for name in ("backbone.keras", "backbone.pb")]
    network = inference.open_network(inference.file_for(engine, files), precision, 40, 1)
    given = network.forward(pictures.astype(np.float32))
    assert np.array_equal(given, pictures)
    rows = pd.DataFrame(
        {"image_id": [str(row) for row in range(40)], "label": [f"c{c}" for c in labels]}
    ).assign(group="")
    origin = feature_store.Origin("pixels", "pixels", "none", "0" * 64, "20x24", "", "", "none")
    shard = folder / "labelled/shard_0.h5"
    feature_store.write_shard(shard, rows, ["c0", "c1"], (*SIZE, 3), origin, {}, [given])
    feature_store.join_shards(folder / "labelled.h5", [shard])
    described = {"weights_sha256": "0" * 64, "layer": "pixels", "pool": "none"}
    return feature_store.open_store(
        folder / "labelled.h5", [shard], described | {"engine": "", "precision": ""}
    )


def test_pictures_change_anew_at_each_pass_and_their_labels_do_not(
    store: feature_store.FeatureStore,
) -> None:
    source = labelled_source(store, np.arange(40), 2)
    batches = changed_batches(ordered_batches(source, 16), {"brightness": 0.5}, 0, seed=0)
    assert int(batches.cardinality()) == 3
    first, second = (list(batches.as_numpy_iterator()) for _ in range(2))
    assert [len(pictures) for pictures, _ in first] == [16, 16, 8]
    assert not np.allclose(first[0][0], second[0][0])
    assert np.array_equal(first[0][1], second[0][1])
    plain = next(iter(changed_batches(ordered_batches(source, 16), {}, 0, 0).as_numpy_iterator()))
    assert np.array_equal(plain[0], store.read(np.arange(16)).astype(np.float32))


def test_halves_come_from_pictures_of_the_same_class_in_the_batch(
    store: feature_store.FeatureStore,
) -> None:
    source = labelled_source(store, np.arange(40), 2)
    own = store.read(np.arange(16)).astype(np.float32)
    batches = changed_batches(ordered_batches(source, 16), {}, 1, seed=0)
    joined, targets = next(iter(batches.as_numpy_iterator()))
    assert np.array_equal(joined[:, :, :12], own[:, :, :12])
    labels = targets.argmax(axis=1)
    origins = [
        next(row for row in range(16) if np.array_equal(half, own[row, :, 12:]))
        for half in joined[:, :, 12:]
    ]
    assert (labels[origins] == labels).all()
    assert len(set(origins)) > 4
    few = changed_batches(ordered_batches(source, 16), {}, 0.25, seed=0)
    changed = [
        (pictures != store.read(np.arange(16)).astype(np.float32)).any(axis=(1, 2, 3)).mean()
        for pictures, _ in few.take(1).repeat(20).as_numpy_iterator()
    ]
    assert 0.1 < np.mean(changed) < 0.35


def test_a_network_learns_what_tells_the_classes_apart(store: feature_store.FeatureStore) -> None:
    configure_tensorflow(0)
    train, inner = (labelled_source(store, part, 2) for part in (np.arange(30), np.arange(30, 40)))
    network = Network("conv1", 8, 0.2, 0.1, 0.5, {"width_shift": 0.1})
    log = Log("t", StringIO(), StringIO())
    model, history = fit_network(train, inner, network, RECIPE, 10, 0, log)
    assert history["inner_accuracy"].max() == 1
    dropped = [layer.rate for layer in model.layers if type(layer).__name__ == "Dropout"]
    assert dropped == [0.1, 0.1, 0.2]


def test_a_network_is_changed_as_the_sweep_chose_if_it_follows_it() -> None:
    settings = {"model": "conv1", "width": 8, "dropout": 0.2, "conv_dropout": 0.1, "halves": 0.5}
    found = [
        Network.of({**settings, "augmentation": chosen}, {"zoom": 0.1}).amounts
        for chosen in ("sweep", "none")
    ]
    assert found == [{"zoom": 0.1}, {}]
