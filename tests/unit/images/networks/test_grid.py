from typing import Any

import numpy as np
import pandas as pd
import pytest
from snakemake.utils import Paramspace

from practical_dl.images.folds.selection import nested_choice, pair_gains
from practical_dl.images.networks.grid import (
    AXES,
    PATTERN,
    grid_points,
    matched_pairs,
    name_of,
    point_of_name,
    read_point,
)
from practical_dl.images.networks.heads import grid_head, lesson_head

ONE: dict[str, list[Any]] = {
    "head": ["dense"],
    "pool": ["max"],
    "depth": [2],
    "width": [128],
    "dropout": [0.8],
    "features": ["plain"],
    "halves": [0],
    "share": [1],
}


def test_products_are_joined_and_a_point_stands_once() -> None:
    points = grid_points([ONE, {**ONE, "width": [128, 256], "backbone": ["vgg_16"]}, ONE], "mine")
    assert [point["backbone"] for point in points] == ["mine", "vgg_16", "vgg_16"]
    assert [point["width"] for point in points] == ["128", "128", "256"]
    assert list(points[0]) == list(AXES)
    assert grid_points([], "mine") == []


def test_names_are_those_of_snakemake_s_paramspace() -> None:
    points = grid_points([{**ONE, "dropout": [0.05, 0.8]}], "vgg_demo")
    space = Paramspace(pd.DataFrame(points), filename_params="*", param_sep="-")
    names = [name_of(row) for row in points]
    assert list(space.instance_patterns) == names
    assert space.wildcard_pattern == PATTERN


def test_a_name_gives_its_point_back() -> None:
    row = grid_points([{**ONE, "halves": [0.5], "share": [0.1]}], "my_net_2")[0]
    point = point_of_name(name_of(row))
    assert point == read_point(row)
    assert (point.backbone, point.width, point.halves, point.share) == ("my_net_2", 128, 0.5, 0.1)


def test_pairs_differ_in_one_axis_only() -> None:
    table = grid_points([{**ONE, "dropout": [0.5, 0.8], "features": ["centred", "plain"]}], "net")
    names = [name_of(row) for row in table]
    pairs = matched_pairs(names, [point_of_name(name) for name in names])
    assert pairs["axis"].value_counts().to_dict() == {"dropout": 2, "features": 2}
    of_features = pairs[pairs["axis"] == "features"]
    assert set(zip(of_features["lower"], of_features["higher"], strict=True)) == {
        ("plain", "centred")
    }


def test_gains_are_means_over_the_pairs_of_an_axis() -> None:
    table = grid_points([{**ONE, "dropout": [0.5, 0.8]}], "net")
    names = [name_of(row) for row in table]
    points = [point_of_name(name) for name in names]
    losses = np.array([[1.0, 2.0, 3.0, 2.0, 1.0, 3.0], [0.5, 1.5, 2.5, 1.5, 0.5, 2.5]])
    gains = pair_gains(names, points, losses, np.array(list("aabbcc")), 0)
    assert gains[["axis", "lower", "higher", "pairs"]].to_numpy().tolist() == [
        ["dropout", 0.5, 0.8, 1]
    ]
    assert gains["gain"].tolist() == pytest.approx([0.5])


def test_gains_stand_in_the_order_of_the_axes() -> None:
    table = grid_points([{**ONE, "features": ["plain", "centred"], "dropout": [0.5, 0.8]}], "net")
    points = [read_point(row) for row in table][::-1]
    names = [name_of(row) for row in table][::-1]
    gains = pair_gains(names, points, np.zeros((4, 6)), np.array(list("aabbcc")), 0)
    in_order = sorted(set(gains["axis"]), key=AXES.index)
    assert list(dict.fromkeys(gains["axis"])) == in_order == ["dropout", "features"]


def test_a_fold_has_no_say_in_what_is_chosen_for_it() -> None:
    fold = np.array([0, 0, 1, 1, 2, 2])
    losses = np.array([[0.0, 0.0, 9.0, 9.0, 1.0, 1.0], [2.0, 2.0, 2.0, 2.0, 2.0, 2.0]])
    assert nested_choice(losses, fold).tolist() == [1, 1, 0, 0, 1, 1]


def test_a_dense_point_with_the_lesson_s_numbers_is_the_lesson_s_head() -> None:
    row = grid_points([ONE], "net")[0]
    head, lesson = grid_head((4, 4, 6), 3, read_point(row)), lesson_head((4, 4, 6), 3, 128, 0.8)
    assert [type(layer) for layer in head.layers] == [type(layer) for layer in lesson.layers]
    assert head.count_params() == lesson.count_params()
    rates = [layer.rate for layer in head.layers if hasattr(layer, "rate")]
    assert rates == [0.4, 0.4, 0.8]
    dropped = grid_head((4, 4, 6), 3, read_point({**row, "head": "dropped", "width": "256"}))
    assert [layer.rate for layer in dropped.layers if hasattr(layer, "rate")] == [0.8, 0.8, 0.8]


@pytest.mark.parametrize("pool", ["none", "max", "average"])
@pytest.mark.parametrize("kind", ["dense", "convolution"])
def test_every_pooling_gives_probabilities(kind: str, pool: str) -> None:
    row = grid_points([{**ONE, "head": [kind], "pool": [pool], "width": [5]}], "net")[0]
    head = grid_head((3, 3, 4), 2, read_point(row))
    predicted = head(np.zeros((2, 3, 3, 4), np.float32)).numpy()
    assert predicted.shape == (2, 2)
    assert predicted.sum(axis=1) == pytest.approx([1, 1])
