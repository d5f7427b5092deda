"""Pictures by their features: neighbours by hand, and a map that keeps heaps apart."""

from pathlib import Path

import h5py
import numpy as np
import pytest

from practical_dl.files.artefacts import write_column, write_hdf5
from practical_dl.images.features.picture_places import (
    alike_neighbours,
    draw_pictures,
    on_a_map,
)


def test_neighbours_are_counted_by_name() -> None:
    features = np.array([[0.0], [0.1], [0.2], [9.0], [9.1], [9.2]], np.float32)
    halves = np.array(["a"] * 3 + ["b"] * 3)
    # The five nearest of six are all others: two of one's own half, three of the other one.
    assert alike_neighbours(features, halves) == pytest.approx(2 / 5)
    assert alike_neighbours(features, np.array(["a"] * 6)) == 1.0


def test_two_heaps_lie_apart_within_the_map() -> None:
    rng = np.random.default_rng(1)
    heaps = np.repeat([0.0, 50.0], 40)[:, None] + rng.normal(size=(80, 3))
    places = on_a_map(heaps.astype(np.float32), seed=1)
    assert places.min() == 0
    assert places.max() == 1
    names = np.repeat(["a", "b"], 40)
    assert alike_neighbours(places, names) == 1.0


def test_pictures_are_drawn_with_their_names_and_the_mean_of_their_places(tmp_path: Path) -> None:
    path = tmp_path / "labelled.h5"
    values = np.arange(4 * 2 * 1 * 3, dtype=np.float16).reshape(4, 2, 1, 3)

    def write(file: h5py.File) -> None:
        file["plain"], file["centred"], file["label"] = values, -values, [1, 0, 1, 0]
        write_column(file, "image_id", np.array([f"{n}.jpg" for n in range(4)]))
        write_column(file, "group", np.array(["p1", "", "p1", ""]))

    write_hdf5(path, write)
    drawn = draw_pictures(path, ["calm", "busy"], most=9, seed=0)
    assert drawn.rows["label"].tolist() == ["busy", "calm", "busy", "calm"]
    assert drawn.rows["group"].tolist() == ["p1", "1.jpg", "p1", "3.jpg"]
    assert drawn.features["plain"][0].tolist() == [1.5, 2.5, 3.5]
    assert len(draw_pictures(path, ["calm", "busy"], most=3, seed=0).rows) == 3
