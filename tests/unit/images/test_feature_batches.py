import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.images import feature_batches, feature_store
from practical_dl.images.feature_store import Features, FeatureStore

ROWS = 300


def numbered(rows: np.ndarray) -> Features:
    return rows[:, None].astype(np.float16)


@given(st.integers(1, 700), st.integers(1, 300), st.integers(2, 64), st.integers(0, 1000))
def test_a_pass_holds_every_row_once_in_full_batches(
    count: int, buffer_rows: int, batch: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    buffers = feature_batches.shuffled(count, buffer_rows, rng, numbered)
    batches = list(feature_batches.cut_batches(buffers, batch))
    rows = np.concatenate([chosen for _, chosen in batches])
    assert sorted(rows) == list(range(count))
    assert [len(chosen) for _, chosen in batches[:-1]] == [batch] * (len(batches) - 1)
    assert all((features[:, 0] == chosen).all() for features, chosen in batches)


def test_a_whole_buffer_is_a_full_shuffle() -> None:
    rng = np.random.default_rng(0)
    ((_, rows),) = feature_batches.shuffled(1000, 1064, rng, numbered)
    assert abs(np.corrcoef(rows, np.arange(1000))[0, 1]) < 0.1


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FeatureStore:
    path = tmp_path_factory.mktemp("store") / "shard.h5"
    rows = pd.DataFrame(
        {
            "image_id": [str(row) for row in range(ROWS)],
            "label": ["a" if row % 2 else "b" for row in range(ROWS)],
            "group": ["g"] * ROWS,
        }
    )
    origin = feature_store.Origin("net", "layer", "a" * 64, "1x1", "none")
    block = np.repeat(np.arange(ROWS, dtype=np.float32)[:, None], 2000, axis=1)
    feature_store.write_shard(path, rows, ["a", "b"], (2000,), origin, {}, [block])
    joined = path.with_name("joined.h5")
    feature_store.join_shards(joined, [path])
    return feature_store.open_store(joined, [path], "a" * 64)


@pytest.mark.parametrize("memory_mb", [1, 100])
def test_streamed_and_held_rows_keep_their_labels(store: FeatureStore, memory_mb: int) -> None:
    positions = np.arange(10, 290)
    dataset = feature_batches.training_batches(store, positions, 2, 32, memory_mb, seed=1)
    first, second = (
        [(features.numpy(), labels.numpy()) for features, labels in dataset] for _ in range(2)
    )
    for epoch in (first, second):
        rows = np.concatenate([features[:, 0] for features, _ in epoch]).astype(int)
        labels = np.concatenate([labels for _, labels in epoch])
        assert sorted(rows) == list(range(10, 290))
        assert (labels.argmax(axis=1) == 1 - rows % 2).all()
    assert not np.array_equal(first[0][0], second[0][0])


def test_ordered_batches_keep_the_order(store: FeatureStore) -> None:
    positions = np.array([3, 4, 9, 200])
    dataset = feature_batches.ordered_batches(store, positions, 2, 3)
    assert [int(row[0]) for features, _ in dataset for row in features] == [3, 4, 9, 200]
