"""The score to expect of groups to come."""

import numpy as np
import pytest

from practical_dl.scoring.expected import expected_score, expected_share
from practical_dl.scoring.metrics import score

STUDENT_19 = 2.093
"""97.5 % point of Student's distribution with 19 degrees of freedom; a bootstrap has 1.96."""


def test_the_interval_is_that_of_groups_to_come() -> None:
    """Deviation 1 between groups: 1/20 + 1/20 and 1/20 + 1/5 are the variances of the means."""
    groups = np.repeat(np.arange(20), 3000)
    drawn = np.random.default_rng(0).permutation(np.linspace(-1.65, 1.65, 20))
    values = np.repeat(20 + drawn, 3000)
    known = score(values, groups, 0)
    many, few = (expected_score(values, groups, count, 0) for count in (20, 5))
    widths = [found.high - found.low for found in (known, many, few)]
    assert many.value == few.value == known.value
    student = STUDENT_19 / 1.96 * (20 / 19) ** 0.5
    assert widths[1] / widths[0] == pytest.approx(student * 2**0.5, rel=0.06)
    assert widths[2] / widths[0] == pytest.approx(student * 5**0.5, rel=0.06)


def test_it_holds_the_truth_as_often_as_it_says() -> None:
    """Known and new groups whose losses differ as those of drivers do: by a factor of e^0.8."""
    rng = np.random.default_rng(1)
    trials, inside = 300, 0
    for _ in range(trials):
        means = np.exp(0.8 * rng.normal(size=20))
        known, truth = np.repeat(means[:14], 100), means[14:].mean()
        found = expected_score(known, np.repeat(np.arange(14), 100), 6, seed=0)
        inside += found.low <= truth <= found.high
    assert 0.91 < inside / trials < 0.98


def test_a_share_stays_a_share_where_a_group_has_no_mistake() -> None:
    """Shares of 1.0, 0.84 ... 0.2: mean 0.6, deviation 0.299; Student's interval with 5 degrees."""
    groups = np.repeat(np.arange(6), 50)
    hits = (np.arange(300) % 50 >= 8 * groups).astype(float)
    found = expected_share(hits, groups, 3, 0)
    assert found.value == pytest.approx(0.6)
    half = 2.571 * 0.2993 * (1 / 6 + 1 / 3) ** 0.5
    assert found.low == pytest.approx(0.6 - half, abs=0.05)
    assert found.high == 1
    perfect = expected_share(np.ones(300), groups, 3, 0)
    assert (perfect.value, perfect.low, perfect.high) == (1, pytest.approx(0.025 ** (1 / 6)), 1)


def test_rows_without_groups_are_drawn_as_they_are() -> None:
    values = np.repeat([0.0, 1.0], 200)
    found = expected_score(values, np.arange(400), 400, 0)
    assert found.value == 0.5
    assert found.high - found.low == pytest.approx(2 * 1.96 * (0.25 / 400 * 2) ** 0.5, rel=0.1)
