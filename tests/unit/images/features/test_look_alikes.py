from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.images.features.look_alikes import (
    nearest,
    nearest_within,
    read_neighbours,
    without_local_mean,
    write_neighbours,
)


def test_the_nearest_of_points_on_a_line_come_in_order() -> None:
    points = np.array([[0.0], [1.0], [3.0], [7.0]])
    assert nearest(points, 2).tolist() == [[1, 2], [0, 2], [1, 0], [2, 1]]


def test_there_are_no_more_neighbours_than_other_points() -> None:
    assert nearest(np.array([[0.0], [5.0]]), 9).tolist() == [[1], [0]]
    assert nearest(np.empty((0, 3)), 4).shape == (0, 0)


@given(st.integers(2, 40), st.integers(1, 6), st.integers(0, 99))
def test_nearest_agrees_with_sorting_all_distances(count: int, near: int, seed: int) -> None:
    points = np.random.default_rng(seed).normal(size=(count, 3)).astype(np.float32)
    distances = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    np.fill_diagonal(distances, np.inf)
    expected = np.sort(distances, axis=1)[:, : min(near, count - 1)]
    found = np.take_along_axis(distances, nearest(points, near), 1)
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_neighbours_stay_in_their_part_and_repeat_where_it_is_small() -> None:
    points = np.array([[0.0], [0.1], [0.2], [10.0], [0.15]])
    parts = np.array([0, 0, 1, 1, 2])
    assert nearest_within(points, parts, 2).tolist() == [[1, 1], [0, 0], [3, 3], [2, 2], [4, 4]]


def test_the_mean_of_the_neighbours_is_subtracted_at_every_location() -> None:
    maps = np.arange(12, dtype=np.float16).reshape(3, 2, 1, 2)
    neighbours = np.array([[1, 2], [0, 2], [0, 1]])
    centred = without_local_mean(maps, neighbours)
    assert centred.shape == maps.shape
    assert centred[:, 0, 0, 0].tolist() == [0 - 6, 4 - 4, 8 - 2]
    assert centred[:, 1, 0, 1].tolist() == [3 - 9, 7 - 7, 11 - 5]


def test_what_a_driver_looks_like_is_taken_away() -> None:
    rng = np.random.default_rng(0)
    driver = np.repeat([0, 1], 40)
    posture = np.tile(np.repeat([-1.0, 1.0], 20), 2)
    features = np.stack([30.0 * driver, posture], axis=1) + rng.normal(0, 0.01, (80, 2))
    centred = without_local_mean(features.astype(np.float16), nearest(features, 39))
    assert np.abs(centred[:, 0]).max() < 0.1
    assert (np.sign(centred[:, 1]) == posture).all()


def test_neighbours_are_read_as_they_were_written(tmp_path: Path) -> None:
    labelled, test = np.array([[1], [0]]), np.array([[2, 1], [0, 2], [1, 0]])
    write_neighbours(tmp_path / "neighbours.h5", labelled, test)
    found = read_neighbours(tmp_path / "neighbours.h5")
    assert [part.tolist() for part in found] == [labelled.tolist(), test.tolist()]
