import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.images.features import store as feature_store
from practical_dl.images.features.store import FeatureStore, Origin
from practical_dl.job.errors import UserError

ORIGIN = Origin("net", "layer", "none", "a" * 64, "2x2", "openvino", "bfloat16", "none")
DESCRIPTION = {
    "weights_sha256": "a" * 64, "layer": "layer", "pool": "none", "engine": "openvino",
    "precision": "bfloat16",
}  # fmt: skip
SHAPE = (2, 2, 3)
ROWS = 7


def table(rows: int = ROWS) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "image_id": [f"é{row}.jpg" for row in range(rows)],
            "label": ["b", "a", ""] * (rows // 3) + ["a"] * (rows % 3),
            "group": ["p001"] * rows,
        }
    )


def features(rows: int = ROWS) -> np.ndarray:
    return np.arange(rows * 12, dtype=np.float32).reshape(rows, *SHAPE)


def write(folder: Path, shards: int, origin: Origin = ORIGIN) -> list[Path]:
    paths = [folder / f"labelled/shard_{shard}.h5" for shard in range(shards)]
    for shard, path in enumerate(paths):
        rows = feature_store.shard_rows(ROWS, shards, shard)
        block = features()[rows]
        blocks = [block[:1], block[1:]]
        feature_store.write_shard(
            path, table().iloc[rows], ["a", "b"], SHAPE, origin, {"keras": "3"}, blocks
        )
    return paths


@pytest.fixture
def store(tmp_path: Path) -> FeatureStore:
    shards = write(tmp_path, 3)
    feature_store.join_shards(tmp_path / "labelled.h5", shards)
    return feature_store.open_store(tmp_path / "labelled.h5", shards, DESCRIPTION)


@given(st.integers(0, 200), st.integers(1, 20))
def test_shards_divide_the_rows_evenly_and_completely(count: int, shards: int) -> None:
    parts = [feature_store.shard_rows(count, shards, shard) for shard in range(shards)]
    sizes = [part.stop - part.start for part in parts]
    assert [row for part in parts for row in range(part.start, part.stop)] == list(range(count))
    assert max(sizes) - min(sizes) <= 1


def test_the_joined_store_holds_all_rows_in_order(store: FeatureStore) -> None:
    assert np.array_equal(store.read(np.arange(ROWS)), features().astype(np.float16))
    assert store.rows["image_id"].tolist() == table()["image_id"].tolist()
    assert store.rows["label"].tolist() == [1, 0, -1, 1, 0, -1, 0]
    assert store.rows["group"].tolist() == ["p001"] * ROWS


@given(positions=st.sets(st.integers(0, ROWS - 1)))
def test_any_rows_can_be_read(
    positions: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("store")
    shards = write(folder, 2)
    feature_store.join_shards(folder / "labelled.h5", shards)
    joined = feature_store.open_store(folder / "labelled.h5", shards, DESCRIPTION)
    chosen = np.array(sorted(positions), np.int64)
    assert np.array_equal(joined.read(chosen), features()[chosen].astype(np.float16))


def test_shards_and_stores_are_byte_stable(tmp_path: Path) -> None:
    def written(folder: Path) -> list[bytes]:
        shards = write(folder, 1)
        feature_store.join_shards(folder / "labelled.h5", shards)
        return [path.read_bytes() for path in (*shards, folder / "labelled.h5")]

    one = written(tmp_path / "one")
    time.sleep(1.1)  # HDF5 can note when an object was made, in whole seconds
    assert written(tmp_path / "two") == one


def remove(shard: Path) -> None:
    shard.unlink()


def truncate(shard: Path) -> None:
    shard.write_bytes(shard.read_bytes()[:3000])


def shorten(shard: Path) -> None:
    with h5py.File(shard, "a") as file:
        kept = {name: file[name][:1] for name in ("features", "image_id", "label", "group")}
        for name, values in kept.items():
            del file[name]
            file.create_dataset(name, data=values)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (remove, "shard_1.h5: no such file"),
        (truncate, "shard_1.h5: damaged or not an HDF5 file"),
        (shorten, "its shards hold another number of rows"),
    ],
)
def test_a_store_with_a_bad_shard_is_refused(
    tmp_path: Path, spoil: Callable[[Path], None], message: str
) -> None:
    shards = write(tmp_path, 3)
    feature_store.join_shards(tmp_path / "labelled.h5", shards)
    spoil(shards[1])
    with pytest.raises(UserError, match=message):
        feature_store.open_store(tmp_path / "labelled.h5", shards, DESCRIPTION)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("weights_sha256", "b" * 64, "weights_sha256 aaaaaaaaaaaa, asked for bbbbbbbbbbbb"),
        ("engine", "keras", "engine openvino, asked for keras"),
        ("precision", "float32", "precision bfloat16, asked for float32"),
        ("pool", "max2", "pool none, asked for max2"),
    ],
)
def test_features_made_another_way_are_refused(
    tmp_path: Path, key: str, value: str, message: str
) -> None:
    shards = write(tmp_path, 1)
    feature_store.join_shards(tmp_path / "labelled.h5", shards)
    with pytest.raises(UserError, match=message):
        feature_store.open_store(tmp_path / "labelled.h5", shards, DESCRIPTION | {key: value})


def test_shards_of_different_engines_are_not_joined(tmp_path: Path) -> None:
    shards = write(tmp_path / "one", 2)[:1]
    shards += write(tmp_path / "two", 2, replace(ORIGIN, engine="keras"))[1:]
    with pytest.raises(UserError, match="made by another network, engine"):
        feature_store.join_shards(tmp_path / "labelled.h5", shards)


def test_shards_of_different_networks_are_not_joined(tmp_path: Path) -> None:
    shards = write(tmp_path / "one", 2)[:1]
    shards += write(tmp_path / "two", 2, replace(ORIGIN, weights_sha256="b" * 64))[1:]
    with pytest.raises(UserError, match="made by another network"):
        feature_store.join_shards(tmp_path / "labelled.h5", shards)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e6])
def test_what_float16_cannot_hold_is_refused_and_nothing_is_left(
    tmp_path: Path, value: float
) -> None:
    block = features()
    block[3, 0, 0, 0] = value
    path = tmp_path / "shard.h5"
    with pytest.raises(UserError, match="float16 cannot hold"):
        feature_store.write_shard(path, table(), ["a", "b"], SHAPE, ORIGIN, {}, [block])
    assert list(tmp_path.iterdir()) == []
