"""Sides of a store: each role's rows with their labels, and the scored rows' predictions."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.features import store as feature_store
from practical_dl.images.heads.sides import Sides, sides_of

IDS = ["a1", "a2", "b1", "b2", "c1", "c2"]
LABELS = ["x", "y", "x", "y", "y", "x"]
GROUPS = ["a", "a", "b", "b", "c", "c"]


@pytest.fixture
def sides(tmp_path: Path) -> Sides:
    """Groups a and b train (one of them chooses the epoch), c is scored; row r holds r."""
    origin = feature_store.Origin(
        "net", "layer", "none", "a" * 64, "1x1", "keras", "float32", "none"
    )
    rows = pd.DataFrame({"image_id": IDS, "label": LABELS, "group": GROUPS})
    shard = tmp_path / "shard.h5"
    block = np.arange(len(IDS), dtype=np.float32)[:, None]
    feature_store.write_shard(shard, rows, ["x", "y"], (1,), origin, {}, [block])
    feature_store.join_shards(tmp_path / "joined.h5", [shard])
    description = {
        "weights_sha256": "a" * 64, "layer": "layer", "pool": "none", "engine": "keras",
        "precision": "float32",
    }  # fmt: skip
    store = feature_store.open_store(tmp_path / "joined.h5", [shard], description)
    manifest = rows.assign(split="train")
    split = pd.DataFrame({"image_id": IDS, "role": ["train"] * 4 + ["valid"] * 2})
    return sides_of(store, manifest, split, 0.5, True, 0)


def test_whole_groups_choose_the_epoch_and_others_are_scored(sides: Sides) -> None:
    assert sorted([*sides.rows["train"], *sides.rows["inner"]]) == [0, 1, 2, 3]
    assert sides.rows["inner"].tolist() in ([0, 1], [2, 3])
    assert sides.rows["valid"].tolist() == [4, 5]


def test_a_source_has_the_labels_of_its_rows(sides: Sides) -> None:
    valid = sides.source("valid")
    assert valid.targets.tolist() == [[0, 1], [1, 0]]
    assert valid.store.read(valid.positions).tolist() == [[4], [5]]
    train = sides.of_pass(sides.store)
    assert train.positions.tolist() == sides.rows["train"].tolist()
    assert train.targets.tolist() == [[1, 0], [0, 1]]


def test_predictions_name_the_scored_rows_in_their_order(sides: Sides) -> None:
    frame = sides.predictions(np.array([[0.25, 0.75], [1, 0]], np.float32))
    assert frame.to_dict("list") == {
        "id": ["c1", "c2"],
        "group": ["c", "c"],
        "true": ["y", "x"],
        "x": [0.25, 1.0],
        "y": [0.75, 0.0],
    }
