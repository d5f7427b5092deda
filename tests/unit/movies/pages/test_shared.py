import pytest

from practical_dl.movies.pages.shared import ends, gain_over, told_against
from practical_dl.scoring.interval import Interval

ROW = {"model": "net", "minus_bias": -0.02, "minus_bias_low": -0.03, "minus_bias_high": -0.01}


def test_a_lower_error_is_a_gain() -> None:
    gain = gain_over(ROW, "bias")
    assert (gain.value, gain.low, gain.high) == pytest.approx((0.02, 0.01, 0.03))
    assert told_against(ROW, "bias") == "better by 0.0200 (95 % 0.0100 to 0.0300)"
    assert told_against({**ROW, "model": "bias"}, "bias") == ""


def test_the_ends_of_an_interval_are_in_stars() -> None:
    assert ends(Interval(0.9, 0.85, 0.95)) == "0.8500 to 0.9500"
