"""What validation and test look like, without labels."""

import numpy as np
import pytest

from practical_dl.images.hidden_groups.likeness import (
    clusters,
    likeness,
    nearest_distances,
    told_apart,
)


def blobs(centres: list[float], each: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    places = np.repeat(centres, each)[:, None]
    return (places + rng.normal(0, 0.1, (len(places), 3))).astype(np.float32)


def test_clusters_are_pictures_that_lie_together() -> None:
    found = clusters(blobs([0, 50], 20, seed=1))
    assert sorted(np.bincount(found)) == [20, 20]
    assert len(set(found[:20])) == 1


def test_distances_are_to_the_nearest_of_the_others() -> None:
    points = np.array([[0, 0], [3, 4]], np.float32)
    others = np.array([[0, 1], [6, 8]], np.float32)
    assert nearest_distances(points, others).tolist() == pytest.approx([1, np.sqrt(18)], rel=1e-3)


def test_parts_that_are_alike_are_not_told_apart_and_strange_ones_are() -> None:
    rng = np.random.default_rng(0)
    training, like = rng.normal(size=(2, 400, 3)).astype(np.float32)
    assert 0.4 < told_apart(like, training, 0) < 0.6
    assert told_apart(like + np.array([0, 5, 0], np.float32), training, 0) > 0.99


def test_the_test_stands_out_where_it_is_strange() -> None:
    look = blobs([0, 20, 40, 60], 15, 1)
    fold = np.repeat([0, 1, 0, 1], 15)
    predicted = np.tile([[0.4, 0.6]], (60, 1))
    table = likeness(
        look,
        fold,
        blobs([300, 320], 15, 2),
        predicted,
        predicted[:30, ::-1],
        np.array([0.4, 0.6]),
        0,
    ).set_index("part")
    assert list(table.index) == ["fold 0", "fold 1", "test"]
    assert table["pictures"].tolist() == [30, 30, 30]
    assert table["clusters"].tolist() == [2, 2, 2]
    assert table["typical_cluster"].tolist() == [15, 15, 15]
    assert table["distance"]["test"] == pytest.approx(250 * 3**0.5, rel=0.02)
    assert table["distance"]["fold 0"] == pytest.approx(20 * 3**0.5, rel=0.05)
    assert table["share_off"].tolist() == pytest.approx([0, 0, 0.2])
