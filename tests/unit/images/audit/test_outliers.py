"""Outliers by cause, with the value and the limit."""

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.audit.outliers import nearest_distance, outliers

ROWS = pd.DataFrame({"image_id": list("abcdef"), "width": [100] * 5 + [20], "height": [80] * 6})
USUAL = {
    "brightness": np.array([100, 110, 120, 5, 250, 100.0]),
    "contrast": np.array([40, 40, 40, 2, 3, 40.0]),
    "sharpness": np.array([0.5, 0.6, 0.05, 0, 0, 0.5]),
}


def test_each_cause_is_found_once_and_flat_pictures_are_not_called_blurred() -> None:
    found = outliers(ROWS, USUAL, np.ones(6))
    causes = {cause: set(rows["image_id"]) for cause, rows in found.groupby("cause")}
    assert causes == {
        "nearly black": {"d"},
        "nearly white": {"e"},
        "nearly one colour": {"d", "e"},
        "blurred": {"c"},
        "tiny": {"f"},
    }
    blurred = found[found["cause"] == "blurred"].iloc[0]
    assert blurred["value"] == 0.05
    assert blurred["limit"] == pytest.approx(0.25 * 0.275, abs=1e-4)


def test_far_is_beyond_six_quartile_distances_and_the_farthest_comes_first() -> None:
    """Quartiles of 1 to 4 and two far ones: 2.25 and 7.75, so the limit is 40.75."""
    measures = {name: np.full(6, 100.0) for name in USUAL}
    found = outliers(ROWS, measures, np.array([1, 2, 3, 4, 41, 9.0]))
    far = found[found["cause"] == "far from all others"]
    assert far["image_id"].tolist() == ["e"]
    assert far["limit"].tolist() == [pytest.approx(7.75 + 6 * 5.5)]


def test_distance_is_to_the_nearest() -> None:
    points = np.array([[0, 0], [3, 4], [0, 1]], np.float32)
    near = np.array([[2, 1], [2, 0], [0, 1]])
    assert nearest_distance(points, near).tolist() == pytest.approx([1, 18**0.5, 1])
    assert nearest_distance(points[:1], np.empty((1, 0), np.int64)).tolist() == [0]
