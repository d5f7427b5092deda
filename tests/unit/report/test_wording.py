import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.report.wording import (
    BETTER,
    NOISE,
    SAME,
    WORSE,
    excess_in_points,
    gain_in_nats,
    gain_in_points,
    gain_in_stars,
    guessing,
    is_control,
    nats,
    percent,
    share,
    verdict,
    yes,
)
from practical_dl.scoring.interval import Interval


def test_a_gain_outside_the_noise_is_told_with_its_interval() -> None:
    assert gain_in_points(Interval(0.051, 0.02, 0.08)) == "better by 5.1 points (95 % 2.0 to 8.0)"
    assert gain_in_nats(Interval(0.2, 0.1, 0.3)) == "better by 0.200 (95 % 0.100 to 0.300)"
    assert gain_in_stars(Interval(0.2, 0.1, 0.3)) == "better by 0.2000 (95 % 0.1000 to 0.3000)"


def test_a_loss_is_worse_by_a_positive_number() -> None:
    assert gain_in_nats(Interval(-0.2, -0.3, -0.1)) == "worse by 0.200 (95 % 0.100 to 0.300)"


def test_a_gain_whose_interval_holds_zero_is_noise() -> None:
    assert gain_in_points(Interval(0.01, -0.02, 0.04)) == (
        "within the noise: +1.0 points (95 % -2.0 to +4.0)"
    )
    assert gain_in_nats(Interval(0.01, 0.0, 0.04)).startswith(NOISE)


def test_a_gain_of_nothing_is_no_change() -> None:
    assert gain_in_points(Interval(0.0, 0.0, 0.0)) == SAME
    assert gain_in_nats(Interval(-0.0, 0.0, 0.0)) == SAME
    assert gain_in_nats(Interval(0.0, 0.0, 0.01)).startswith(NOISE)


def test_a_gain_that_would_read_as_zero_says_how_small_it_is() -> None:
    assert gain_in_nats(Interval(0.0002, 0.0001, 0.0004)) == "better by less than 0.0005"
    assert gain_in_nats(Interval(-0.0002, -0.0004, -0.0001)) == "worse by less than 0.0005"
    tiny = gain_in_points(Interval(0.0, -0.0004, 0.0004))
    assert tiny == "within the noise: less than 0.05 points"


@given(st.tuples(*[st.floats(-2, 2)] * 3).map(sorted))
def test_the_words_have_the_sign_of_the_interval_and_no_other(ends: list[float]) -> None:
    low, value, high = ends
    told = gain_in_nats(Interval(value, low, high))
    expected = WORSE if high < 0 else BETTER if low > 0 else NOISE
    if low == value == high == 0:
        expected = SAME
    assert told.startswith(expected)
    assert verdict(Interval(value, low, high)) == expected
    if expected in (BETTER, WORSE):
        assert not re.search(r"[-+]\d", told)


def test_a_leak_keeps_its_sign() -> None:
    assert excess_in_points(Interval(0.37, 0.3, 0.4)) == "+37.0 points (95 % +30.0 to +40.0)"
    assert excess_in_points(Interval(0.0, -0.1, 0.1)).endswith(NOISE)
    assert excess_in_points(Interval(0.0, 0.0, 0.0)) == SAME


@pytest.mark.parametrize("title", ["control: x", "x (control)"])
def test_a_control_says_so(title: str) -> None:
    assert is_control(title)
    assert not is_control("x")


def test_a_share_is_percent() -> None:
    assert (percent(0.664), percent(0.3, 0)) == ("66.4 %", "30 %")
    assert share(Interval(0.664, 0.6, 0.7)) == "66.4 % (60.0 to 70.0)"
    assert guessing(0.125) == "Always naming the commonest class has 12.5 % right."


def test_a_log_loss_and_a_yes() -> None:
    assert nats(Interval(1.5, 1.25, 2.0)) == "1.500 (1.250 to 2.000)"
    assert (yes(1), yes(False)) == ("yes", "no")
