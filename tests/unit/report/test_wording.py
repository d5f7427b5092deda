from practical_dl.report.wording import (
    guessing,
    in_nats,
    in_points,
    is_control,
    is_noise,
    nats,
    percent,
    share,
    yes,
)


def difference(value: float, low: float, high: float) -> dict[str, float]:
    return {"value": value, "ci_low": low, "ci_high": high}


def test_a_difference_outside_the_noise_is_told_with_its_interval() -> None:
    assert in_points(difference(0.051, 0.02, 0.08)) == "+5.1 points (95 % +2.0 to +8.0)"
    assert in_nats(difference(-0.2, -0.3, -0.1)) == "-0.200 (95 % -0.300 to -0.100)"


def test_a_difference_whose_interval_holds_zero_is_called_noise() -> None:
    assert is_noise(difference(0.01, -0.02, 0.04))
    assert not is_noise(difference(0.01, 0.001, 0.04))
    assert in_points(difference(0.01, -0.02, 0.04)).endswith("within the noise")
    assert in_nats(difference(0.01, 0.0, 0.04)).endswith("within the noise")


def test_a_difference_of_nothing_is_no_change() -> None:
    assert in_points(difference(0.0, 0.0, 0.0)) == "no change"
    assert in_nats(difference(-0.0, 0.0, 0.0)) == "no change"
    assert in_nats(difference(0.0, 0.0, 0.01)).endswith("within the noise")


def test_a_difference_that_would_read_as_zero_says_how_small_it_is() -> None:
    assert in_nats(difference(0.0002, 0.0001, 0.0004)) == "less than 0.0005"
    assert in_nats(difference(0.0002, 0.0001, 0.0006)).startswith("+0.000 (95 % +0.000 to +0.001")
    assert in_points(difference(0.0, -0.0004, 0.0004)) == "less than 0.05 points, within the noise"


def test_a_share_is_percent() -> None:
    assert (percent(0.664), percent(0.3, 0)) == ("66.4 %", "30 %")
    assert share(difference(0.664, 0.6, 0.7)) == "66.4 % (60.0 to 70.0)"
    assert guessing(0.125) == "Always naming the commonest class has 12.5 % right."


def test_a_log_loss_and_a_yes() -> None:
    assert nats(difference(1.5, 1.25, 2.0)) == "1.500 (1.250 to 2.000)"
    assert (yes(1), yes(False)) == ("yes", "no")


def test_a_control_is_known_by_its_title() -> None:
    titles = ["ensemble, equal weights (control)", "control: content shuffled", "control network"]
    assert [is_control(title) for title in titles] == [True, True, False]
