import numpy as np
import pandas as pd
import pytest

from practical_dl.images.sample.reports import augmentation_reports, baseline_reports, scored
from practical_dl.images.sample.trainings import Runs


def runs_of(right: dict[str, list[bool]]) -> Runs:
    """Four pictures of two drivers, all of class 0; `right` says which each setting recognises."""
    rows = [
        (setting, 1, str(number), "aabb"[number], "one") for setting in right for number in range(4)
    ]
    sure = np.array([0.9 if one else 0.1 for known in right.values() for one in known])
    frame = pd.DataFrame(rows, columns=["setting", "seed", "id", "group", "true"])
    return Runs(frame, ("one", "two"), np.stack([sure, 1 - sure], 1), np.zeros(len(rows), np.int64))


def test_the_leak_is_what_the_random_split_has_more() -> None:
    runs = runs_of({"grouped": [True, False, False, False], "random": [True] * 4})
    reports = baseline_reports("conv1", runs, 0)
    assert [reports[kind]["model"] for kind in reports] == ["conv1 on the sample"] * 3
    assert scored(reports["grouped"], "accuracy").value == 0.25
    assert scored(reports["leak"], "accuracy").value == pytest.approx(0.75)
    assert "collapse" not in reports["leak"]


def test_the_gain_is_paired_with_the_control() -> None:
    runs = runs_of({"none": [True, True, False, False], "augmented": [True, True, True, False]})
    reports = augmentation_reports(runs, 0)
    assert list(reports) == ["none", "augmented", "gain"]
    gain = scored(reports["gain"], "accuracy")
    assert (gain.value, gain.low, gain.high) == (0.25, 0.0, 0.5)
    assert reports["gain"]["rows"] == reports["none"]["rows"]
