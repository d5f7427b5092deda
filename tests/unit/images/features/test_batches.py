import gc
import weakref

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.images.features import batches as feature_batches
from practical_dl.images.features import store as feature_store
from practical_dl.images.features.batches import HeldRows, Source, labelled_source
from practical_dl.images.features.store import FeatureStore
from practical_dl.job.errors import UserError

ROWS = 300
WIDTH = 2000
DESCRIPTION = {
    "weights_sha256": "a" * 64, "layer": "layer", "pool": "none", "engine": "keras",
    "precision": "float32",
}  # fmt: skip


@given(st.integers(1, 700), st.integers(1, 300), st.integers(0, 1000))
def test_the_buffers_of_a_pass_hold_every_row_once(count: int, rows: int, seed: int) -> None:
    buffers = feature_batches.shuffled_buffers(count, rows, np.random.default_rng(seed))
    assert sorted(np.concatenate(buffers)) == list(range(count))
    assert all((np.diff(buffer) > 0).all() for buffer in buffers)
    assert max(map(len, buffers)) <= max(rows, feature_batches.BLOCK_ROWS)


@given(st.lists(st.floats(0.01, 10), min_size=1, max_size=6), st.integers(6, 200))
def test_a_batch_is_divided_in_proportion(shares: list[float], batch: int) -> None:
    counts = feature_batches.batch_counts(shares, batch)
    assert sum(counts) == batch
    assert min(counts) >= 1
    exact = np.array(shares) / sum(shares) * batch
    assert (np.abs(np.array(counts) - exact) < len(shares) + 1).all()


def test_the_lesson_s_shares_are_met_exactly() -> None:
    assert feature_batches.batch_counts([44, 16, 4], 64) == [44, 16, 4]
    assert feature_batches.batch_counts([0.75, 0.25], 64) == [48, 16]
    with pytest.raises(UserError, match="2 rows cannot hold 3 sources"):
        feature_batches.batch_counts([1, 1, 1], 2)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FeatureStore:
    """Row number r has r in all its features and the label r % 2."""
    path = tmp_path_factory.mktemp("store") / "shard.h5"
    rows = pd.DataFrame(
        {
            "image_id": [str(row) for row in range(ROWS)],
            "label": ["a" if row % 2 == 0 else "b" for row in range(ROWS)],
            "group": ["g"] * ROWS,
        }
    )
    origin = feature_store.Origin(
        "net", "layer", "none", "a" * 64, "1x1", "keras", "float32", "none"
    )
    block = np.repeat(np.arange(ROWS, dtype=np.float32)[:, None], WIDTH, axis=1)
    feature_store.write_shard(path, rows, ["a", "b"], (WIDTH,), origin, {}, [block])
    joined = path.with_name("joined.h5")
    feature_store.join_shards(joined, [path])
    return feature_store.open_store(joined, [path], DESCRIPTION)


def source(store: FeatureStore, first: int, last: int) -> Source:
    return labelled_source(store, np.arange(first, last), 2)


def rows_of(features: np.ndarray) -> list[int]:
    return [int(row) for row in features[:, 0]]


@pytest.mark.parametrize("memory_mb", [1, 100])
def test_streamed_and_held_rows_keep_their_labels(store: FeatureStore, memory_mb: int) -> None:
    dataset = feature_batches.training_batches([source(store, 10, 290)], [1], 32, memory_mb, seed=1)
    first, second = (
        [(features.numpy(), labels.numpy()) for features, labels in dataset] for _ in range(2)
    )
    assert dataset.cardinality().numpy() == len(first) == 9
    for epoch in (first, second):
        rows = np.concatenate([features[:, 0] for features, _ in epoch]).astype(int)
        labels = np.concatenate([labels for _, labels in epoch])
        assert sorted(rows) == list(range(10, 290))
        assert (labels.argmax(axis=1) == rows % 2).all()
        assert [len(features) for features, _ in epoch] == [32] * 8 + [24]
    assert not np.array_equal(first[0][0], second[0][0])


def test_streaming_moves_every_row_over_time(store: FeatureStore) -> None:
    dataset = feature_batches.training_batches([source(store, 0, 300)], [1], 30, 1, seed=1)
    places = np.array(
        [
            np.argsort([row for features, _ in dataset for row in rows_of(features.numpy())])
            for _ in range(30)
        ]
    )
    assert abs(places.mean() - 149.5) < 1
    assert abs(places.mean(axis=0) - 149.5).max() < 70
    assert places.std(axis=0).min() > 40


@pytest.mark.parametrize("memory_mb", [1, 100])
def test_sources_are_mixed_by_exact_shares(store: FeatureStore, memory_mb: int) -> None:
    sources = [source(store, 0, 96), source(store, 100, 140), source(store, 200, 300)]
    dataset = feature_batches.training_batches(sources, [4, 2, 2], 32, memory_mb, seed=3)
    taken = []
    for _ in range(2):
        epoch = [rows_of(features.numpy()) for features, _ in dataset]
        assert len(epoch) == 6
        for batch in epoch:
            assert [sum(row // 100 == part for row in batch) for part in range(3)] == [16, 8, 8]
        rows = [row for batch in epoch for row in batch]
        assert sorted(row for row in rows if row < 100) == list(range(96))
        taken += rows
    second = [row for row in taken if 100 <= row < 200]
    assert sorted(second[:40]) == sorted(second[40:80]) == list(range(100, 140))


def test_the_last_batch_keeps_the_proportions(store: FeatureStore) -> None:
    sources = [source(store, 0, 40), source(store, 100, 300)]
    dataset = feature_batches.training_batches(sources, [3, 1], 32, 100, seed=3)
    epoch = [rows_of(features.numpy()) for features, _ in dataset]
    assert [len(batch) for batch in epoch] == [32, 21]
    assert sum(row >= 100 for row in epoch[1]) == 5


def test_rows_in_memory_are_let_go_with_their_data_set() -> None:
    features = np.ones((64, 3), np.float16)
    rows = Source(HeldRows(features), np.arange(64), np.ones((64, 2), np.float32))
    dataset = feature_batches.training_batches([rows], [1], 16, 100, seed=3)
    assert len(list(dataset.take(2))) == 2
    assert len(list(dataset)) == 4
    held = weakref.ref(features)
    del features, rows, dataset
    gc.collect()
    assert held() is None


def test_ordered_batches_keep_the_order(store: FeatureStore) -> None:
    rows = labelled_source(store, np.array([3, 4, 9, 200]), 2)
    dataset = feature_batches.ordered_batches(rows, 3)
    assert [row for features, _ in dataset for row in rows_of(features.numpy())] == [3, 4, 9, 200]
