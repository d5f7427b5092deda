import math

from practical_dl.scoring.interval import Interval

GAIN = Interval(0.2, -0.1, 0.4)


def test_a_row_gives_back_what_it_was_made_of() -> None:
    assert GAIN.columns() == {"value": 0.2, "ci_low": -0.1, "ci_high": 0.4}
    assert GAIN.columns("gain") == {"gain": 0.2, "gain_low": -0.1, "gain_high": 0.4}
    assert Interval.of(GAIN.columns()) == GAIN
    assert Interval.of({**GAIN.columns("gain"), "n": 3}, "gain") == GAIN
    assert dict(GAIN) == GAIN.columns()


def test_the_other_side_of_a_difference_swaps_the_ends() -> None:
    assert Interval(-0.2, -0.4, 0.1) == -GAIN


def test_noise_holds_zero_and_nothing_is_zero_alone() -> None:
    assert GAIN.is_noise
    assert not Interval(0.2, 0.1, 0.4).is_noise
    assert Interval(0.0, 0.0, 0.0).is_nothing
    assert not GAIN.is_nothing
    assert math.isnan(Interval.unknown().low)
