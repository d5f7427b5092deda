"""Copies: what is one by both ways, what either way alone takes for one, and what they cross."""

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.audit.copies import COLUMNS, copies, cosine, projected_edges
from practical_dl.images.audit.looks import Looks
from practical_dl.images.features.look_alikes import nearest


def looks(names: list[str], bits: np.ndarray, edges: np.ndarray | None = None) -> Looks:
    none = np.zeros((len(names), 1), np.int8)
    return Looks(names, bits, none if edges is None else edges, {})


def rows(labels: list[str], splits: list[str], roles: list[str]) -> pd.DataFrame:
    ids = [f"{number}.jpg" for number in range(len(labels))]
    columns = {"image_id": ids, "label": labels, "split": splits, "role": roles}
    return pd.DataFrame({**columns, "group": ""})


BITS = np.zeros((5, 63), bool)
BITS[3, :20] = True
POINTS = np.array([[1, 0], [1, 0.01], [0, 1], [1, 0.02], [-2, -1]], np.float32)
NEAR = np.array([[1, 3], [0, 3], [0, 1], [0, 1], [2, 0]])


def found(names: list[str]) -> pd.DataFrame:
    table = rows(
        ["cat", "dog", "cat", "cat", ""],
        ["train", "train", "train", "train", "test"],
        ["train", "valid", "train", "train", ""],
    )
    return copies(table, looks(names, BITS), NEAR, POINTS, 0.95)


def test_a_near_copy_is_one_by_hash_and_by_features() -> None:
    """1 is like 0 by both; 2 by the hash and not the features, 3 the other way round."""
    pairs = found(list("abcde"))
    assert list(pairs.columns) == COLUMNS
    assert pairs[["image_id", "other", "kind"]].to_numpy().tolist() == [["0.jpg", "1.jpg", "near"]]
    assert pairs["bits"].tolist() == [0]
    assert pairs["across"].tolist() == ["classes + sides of the split"]


def test_equal_pixels_are_exact_copies_wherever_they_lie() -> None:
    pairs = found(list("abcda"))
    exact = pairs[pairs["kind"] == "exact"]
    assert exact[["image_id", "other"]].to_numpy().tolist() == [["0.jpg", "4.jpg"]]
    assert exact["across"].tolist() == ["train and test"]
    assert set(pairs["copies"]) == {1}


def test_cosine_is_about_the_mean() -> None:
    points = np.array([[11, 10], [9, 10], [10, 11], [10, 9]], np.float32)
    first, second = np.array([0, 0]), np.array([1, 2])
    assert cosine(points, first, second).tolist() == pytest.approx([-1, 0])


def test_edges_confirm_what_features_do_not() -> None:
    """2 has the edges of 0 and its hash; 3 has its edges and another hash."""
    edges = np.array([[1, 1, 1], [-1, 1, 1], [1, 1, 1], [1, 1, 1], [1, -1, -1]], np.int8)
    table = rows([""] * 5, ["test"] * 5, [""] * 5)
    near = np.array([[2, 3], [2, 3], [0, 3], [0, 2], [2, 0]])
    pairs = copies(table, looks(list("abcde"), BITS, edges), near, POINTS, 0.9999)
    found = pairs[["image_id", "other", "edges", "across"]].to_numpy().tolist()
    assert found == [["0.jpg", "2.jpg", 1, ""]]


def test_projected_edges_keep_who_is_nearest() -> None:
    edges = np.random.default_rng(1).choice([-1, 1], (30, 600)).astype(np.int8)
    edges[7, 30:] = edges[3, 30:]  # 95 % alike
    assert nearest(projected_edges(edges, 0), 1)[[3, 7], 0].tolist() == [7, 3]


def test_without_neighbours_there_are_no_near_copies() -> None:
    table = rows(["cat"], ["train"], ["train"])
    one = looks(["a"], BITS[:1])
    assert copies(table, one, np.empty((1, 0), np.int64), POINTS[:1], 0.9).empty
