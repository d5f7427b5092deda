from practical_dl.images.pages.distillation import taught_verdict
from practical_dl.scoring.interval import Interval


def losses(distilled: float, true: float) -> dict[str, Interval]:
    found = {"pupil_distilled": distilled, "pupil_true": true}
    return {name: Interval(value, value - 0.1, value + 0.1) for name, value in found.items()}


def test_two_that_are_worse_than_guessing_are_called_that() -> None:
    said = taught_verdict(losses(2.74, 3.16), Interval(-0.41, -0.98, -0.05), 10)
    assert said.endswith("but both are worse than guessing, which has 2.303")
    assert said.startswith("better by 0.410")


def test_better_worse_and_noise_are_told_apart() -> None:
    fell, rose = Interval(-0.4, -0.6, -0.2), Interval(0.4, 0.2, 0.6)
    assert taught_verdict(losses(1.1, 1.5), fell, 10).startswith("better by 0.400")
    assert taught_verdict(losses(1.5, 1.1), rose, 10).startswith("worse by 0.400")
    noise = taught_verdict(losses(1.5, 1.5), Interval(0.0, -0.2, 0.2), 10)
    assert noise.startswith("within the noise")
    assert "guessing" not in noise
