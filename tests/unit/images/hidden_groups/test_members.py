"""Members that are trained without the hidden rows, and the small store that they read."""

from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.features import store as feature_store
from practical_dl.images.features.reduced import fit_projection, region_maps, sampled_features
from practical_dl.images.features.store import FeatureStore, Origin, open_store
from practical_dl.images.folds.folded import FoldPredictions
from practical_dl.images.hidden_groups.draws import hide
from practical_dl.images.hidden_groups.members import (
    fit_linear_member,
    folded_rows,
    linear_inputs_of,
    reduced_parts,
    rows_of_parts,
)
from practical_dl.images.hidden_groups.regions import write_regions
from practical_dl.job.runtime import Log

ORIGIN = Origin("net", "layer", "none", "a" * 64, "2x2", "openvino", "bfloat16", "none")
SAME = {name: getattr(ORIGIN, name) for name in feature_store.SAME_AS_DESCRIBED}
NAMES = ["linear", "plain", "centred"]
GROUPS, EACH = "abcdef", 20


def labelled() -> pd.DataFrame:
    count = len(GROUPS) * EACH
    return pd.DataFrame(
        {
            "image_id": [f"{number:03d}.jpg" for number in range(count)],
            "path": "p",
            "split": "train",
            "label": ["x", "y"] * (count // 2),
            "group": [group for group in GROUPS for _ in range(EACH)],
        }
    )


@pytest.fixture
def store(tmp_path: Path) -> FeatureStore:
    rows = labelled()
    rng = np.random.default_rng(1)
    maps = rng.normal(size=(len(rows), 4, 4, 3))
    maps[:, :2, :2, 0] += 3 * (rows["label"] == "x").to_numpy()[:, None, None]
    shard, path = tmp_path / "labelled/shard_0.h5", tmp_path / "labelled.h5"
    feature_store.write_shard(shard, rows, ["x", "y"], (4, 4, 3), ORIGIN, {}, [maps])
    feature_store.join_shards(path, [shard])
    return open_store(path, [shard], SAME)


def test_the_small_store_holds_means_of_regions(store: FeatureStore, tmp_path: Path) -> None:
    small = tmp_path / "regions.h5"
    write_regions(small, store, 2)
    opened = open_store(small, [small], SAME)
    everything = np.arange(len(store.rows))
    assert opened.rows.equals(store.rows)
    assert np.array_equal(
        opened.read(everything), region_maps(store.read(everything), 2).astype(np.float16)
    )


def fitted(store: FeatureStore, manifest: pd.DataFrame) -> list[FoldPredictions]:
    known, hidden = rows_of_parts(store.rows, manifest)
    folds = pd.DataFrame({"image_id": store.rows["image_id"][known]})
    folds["fold"] = (store.rows["group"].to_numpy()[known] > "b").astype(int)
    folded = folded_rows(store.rows, known, hidden, folds, ["x", "y"])
    assert set(folded.test_rows["label"]) == {-1}
    assert set(folded.test_rows["group"]) == {""}
    projection = fit_projection(sampled_features([store], seed=1), 3)
    parts = reduced_parts(store, known, hidden, projection, among=10)
    log = Log("test", StringIO(), StringIO())
    inputs = linear_inputs_of(parts, NAMES, 2, 1.0)
    return [fit_linear_member(inputs[name], folded, log) for name in NAMES]


def test_hidden_rows_are_predicted_from_the_others_alone(store: FeatureStore) -> None:
    manifest = hide(labelled(), ["e", "f"])
    predicted = fitted(store, manifest)
    right = labelled()["label"][-2 * EACH :].to_numpy() == "y"
    assert (predicted[1].test[0].argmax(axis=1) == right).mean() > 0.9
    changed = store.rows.assign(label=np.where(store.rows["group"] >= "e", 0, store.rows["label"]))
    again = fitted(FeatureStore(store.path, changed, store.shape), manifest)
    for before, after in zip(predicted, again, strict=True):
        assert np.array_equal(before.test, after.test)
        assert np.array_equal(before.out_of_fold, after.out_of_fold)
