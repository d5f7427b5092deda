from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.features import backbones
from practical_dl.images.features import store as feature_store
from practical_dl.images.features.batches import labelled_source
from practical_dl.images.heads import fine_tuning
from practical_dl.images.heads.fine_tuning import Tuning
from practical_dl.images.heads.fitting import Head
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.training.recipe import Recipe

keras = pytest.importorskip("keras")

DESCRIPTION = {
    "weights_sha256": "a" * 64, "layer": "block4_pool", "pool": "none", "engine": "keras",
    "precision": "float32",
}  # fmt: skip


@pytest.fixture(scope="module")
def network() -> Any:
    keras.utils.set_random_seed(0)
    return backbones.build("VGGDemo", (32, 32), 1)


def test_cut_and_tail_together_are_the_network(network: Any) -> None:
    tail = fine_tuning.cut_tail(network, "block4_pool", "block5_conv3")
    pictures = np.random.default_rng(0).uniform(-1, 1, (2, 32, 32, 3)).astype(np.float32)
    head = keras.Model(network.inputs, network.get_layer("block4_pool").output)
    whole = keras.Model(network.inputs, network.get_layer("block5_conv3").output)
    given = tail.predict(head.predict(pictures, verbose=0), verbose=0)
    assert given == pytest.approx(whole.predict(pictures, verbose=0), rel=1e-4, abs=1e-6)
    assert [layer.name for layer in tail.layers[1:]] == [f"block5_conv{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("layer", "until", "message"),
    [
        ("block4_pool", "block6", "no layer 'block6'"),
        ("block5_conv3", "block4_pool", "does not stand behind"),
        ("block5_conv3", "block5_pool", "nothing to train"),
    ],
)
def test_a_tail_that_cannot_be_is_refused(
    network: Any, layer: str, until: str, message: str
) -> None:
    with pytest.raises(UserError, match=message):
        fine_tuning.cut_tail(network, layer, until)


def test_only_what_is_meant_to_train_is_trained(network: Any, tmp_path: Path) -> None:
    rows = pd.DataFrame(
        {"image_id": [f"{row:02}" for row in range(48)], "label": ["a", "b"] * 24, "group": "g"}
    )
    origin = feature_store.Origin(
        "net", "block4_pool", "none", "a" * 64, "32x32", "keras", "float32", "none"
    )
    block = np.random.default_rng(0).uniform(0, 1, (48, 2, 2, 48)).astype(np.float32)
    feature_store.write_shard(tmp_path / "s.h5", rows, ["a", "b"], (2, 2, 48), origin, {}, [block])
    feature_store.join_shards(tmp_path / "labelled.h5", [tmp_path / "s.h5"])
    store = feature_store.open_store(tmp_path / "labelled.h5", [tmp_path / "s.h5"], DESCRIPTION)
    tail = fine_tuning.cut_tail(network, "block4_pool", "block5_conv3")
    before = [weight.copy() for weight in tail.get_weights()]
    train, inner = (labelled_source(store, np.arange(*part), 2) for part in ((0, 32), (32, 48)))
    head, recipe = Head(8, 0.0, 10, "none"), Recipe([[1, 1e-3]], 16)
    tuning = Tuning(train, inner, head, recipe, [[1, 1e-3]], 0)
    log = Log("test", StringIO(), StringIO())
    changed = {}
    for variant, model, history in fine_tuning.fit_variants(tail, tuning, log):
        kernels = [model.get_layer("tail").get_layer(f"block5_conv{n}").kernel for n in (1, 2, 3)]
        changed[variant] = [
            not np.array_equal(kernel.numpy(), old)
            for kernel, old in zip(kernels, before[::2], strict=True)
        ]
        assert history["epoch"].tolist() == [1]
    assert changed == {"frozen": [False] * 3, "tuned": [True] * 3, "batch_norm": [True] * 3}
    assert all(np.array_equal(*pair) for pair in zip(tail.get_weights(), before, strict=True))
