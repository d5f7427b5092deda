"""The expected score of a submission: a known value, in an interval for groups to come."""

import numpy as np
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.submission.estimate import estimate, estimate_sentence


def test_an_estimate_is_of_what_is_handed_in() -> None:
    ids = np.array([str(row) for row in range(8)], dtype=object)
    groups = np.array(["g", "h"] * 4, dtype=object)
    values = np.array([[1.0, 0.0]] * 7 + [[0.0, 1.0]])
    predicted = ClassPredictions(ids, groups, np.array(["a"] * 8, dtype=object), ("a", "b"), values)
    content = estimate("head", "valid", predicted, 0.1, 3, 0)
    expected = -(7 * np.log(1 / 1.1) + np.log(0.1 / 1.1)) / 8  # rows sum to one again
    assert content["scores"]["log_loss"]["value"] == pytest.approx(expected)
    assert content["scores"]["accuracy"]["value"] == 7 / 8
    assert content["test_groups"] == 3
    assert estimate("head", "valid", predicted, 0.1, None, 0)["test_groups"] == 2
    assert estimate_sentence(content).endswith("from valid (95 %, for a test of 3 new groups)")
