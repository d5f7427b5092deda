"""Each method's first steps by hand, in the lecture's form and in the paper's."""

from typing import Any

import numpy as np
import pytest

from practical_dl.small.optimizers import lecture, papers
from practical_dl.small.optimizers.feedback import GradientGrowth, LossFeedback

G1, G2 = np.array([4.0, -2.0]), np.array([1.0, 2.0])


def steps(method: lecture.Descent, losses: tuple[float, float] = (1.0, 1.0)) -> list[list[float]]:
    return [method.step(g, loss).tolist() for g, loss in zip((G1, G2), losses, strict=True)]


def near(*rows: list[float]) -> list:
    return [pytest.approx(row, rel=1e-6) for row in rows]


def test_descent() -> None:
    assert steps(lecture.Descent(0.5)) == near([-2, 1], [-0.5, -1])


def test_momentum_averages_in_the_lecture_and_adds_up_in_the_paper() -> None:
    """Averages .1 * 4 = .4, then .9 * .4 + .1 * 1 = .46; velocities -4, then .9 * -4 - 1."""
    assert steps(lecture.Momentum(1, 0.9)) == near([-0.4, 0.2], [-0.46, -0.02])
    assert steps(papers.Momentum(1, 0.9)) == near([-4, 2], [-4.6, -0.2])


def test_the_lecture_s_adagrad_divides_by_the_last_epoch() -> None:
    method = lecture.Adagrad(1)
    assert steps(method) == near([-4, 2], [-1, -2])
    method.end_epoch()
    divisor = np.sqrt([17, 8]) / 2
    assert steps(method)[0] == pytest.approx((-G1 / divisor).tolist())


def test_the_paper_s_adagrad_divides_by_all_so_far() -> None:
    roots = np.sqrt([16.1, 4.1]), np.sqrt([17.1, 8.1])
    expected = [(-g / root).tolist() for g, root in zip((G1, G2), roots, strict=True)]
    assert steps(papers.Adagrad(1)) == near(*expected)


@pytest.mark.parametrize("form", [lecture, papers])
def test_rmsprop(form: Any) -> None:
    """First step: g / sqrt(.1 g^2) = sqrt(10) in each direction."""
    method = form.RMSProp(1, 0.9)
    expected = (-G2 / np.sqrt([0.9 * 1.6 + 0.1, 0.9 * 0.4 + 0.4])).tolist()
    assert steps(method) == near([-(10**0.5), 10**0.5], expected)


def test_adam_is_corrected_for_its_start_in_the_paper_alone() -> None:
    """With betas .7 and .9 the first step is .3 / sqrt(.1) of the rate; corrected, the rate."""
    assert steps(lecture.Adam(1, 0.7, 0.9))[0] == pytest.approx([-0.3 / 0.1**0.5, 0.3 / 0.1**0.5])
    assert steps(papers.Adam(1, 0.7, 0.9))[0] == pytest.approx([-1, 1], rel=1e-6)


def test_eve_believes_a_change_between_a_tenth_and_tenfold() -> None:
    """Losses 10, 10.5 (believed as 11), 1000 (as 121), 1 (as 11), 10.9 (as 10)."""
    feedback = LossFeedback(0.0)
    changes = [feedback.update(loss) for loss in (10, 10.5, 1000, 1, 10.9)]
    assert changes == pytest.approx([1, 0.1, 10, 10, 0.1])
    assert feedback.tracked == pytest.approx(10)


def test_eve_s_step_is_adam_s_divided_by_the_feedback() -> None:
    adam, eve = (
        steps(m, (10, 40)) for m in (papers.Adam(1, 0.9, 0.999), papers.Eve(1, 0.9, 0.999, 0.5))
    )
    assert eve[0] == pytest.approx(adam[0])
    assert eve[1] == pytest.approx((np.array(adam[1]) / (0.5 * 1 + 0.5 * 3)).tolist())


def test_growth_compares_whole_epochs() -> None:
    growth = GradientGrowth(2)
    grew = []
    for squares in (1.0, 1.9, 4.0, 4.0, 0.1):
        growth.add(np.array([squares**0.5, 0.0]))
        grew.append(growth.end_epoch())
    assert grew == [False, False, True, False, False]


@pytest.mark.parametrize("form", [lecture, papers])
def test_the_annealing_divides_the_rate(form: Any) -> None:
    method = form.annealed_adam(1, 0.9, 0.95, 2, 4)
    rates = []
    for gradient in (1.0, 2.0, 2.0, 4.0):
        method.step(np.full(2, gradient), 1.0)
        method.end_epoch()
        rates.append(method.method.rate)
    assert rates == [1, 0.25, 0.25, 0.0625]
