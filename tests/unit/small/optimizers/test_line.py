"""The lecture's own figures, and derivatives checked by finite differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.small.optimizers import lecture
from practical_dl.small.optimizers.descent import descend_line
from practical_dl.small.optimizers.line import (
    START,
    X,
    Y,
    finite_differences,
    gradient_of_point,
    loss_of_point,
    mean_loss,
)

SLOPES = st.floats(-5, 5)


def test_the_first_point_and_its_derivatives_are_the_lecture_s() -> None:
    """x = 14, y = 58; by hand: error 14 + 1 - 58 = -43, so -86 and 14 * -86 = -1204.

    The lecture's -85.99 is the derivative measured by moving 0.01: -86 + 0.01.
    """
    assert (len(X), X[0], Y[0]) == (29, 14, 58)
    start = np.array(START)
    assert gradient_of_point(start, 14, 58).tolist() == [-1204, -86]
    measured = finite_differences(lambda parameters: loss_of_point(parameters, 14, 58), start)
    assert measured[1] == pytest.approx(-85.99, abs=1e-6)


def test_the_first_step_and_the_first_epoch_are_the_lecture_s() -> None:
    path = descend_line(lecture.Descent(1e-4), 1)
    first, last = path.iloc[1], path.iloc[-1]
    assert (round(first["slope"], 2), round(first["intercept"], 2)) == (1.12, 1.01)
    assert (round(last["slope"], 4), round(last["intercept"], 4)) == (2.6131, 1.0715)


def test_the_spreadsheet_s_rmse_cell_is_the_root_of_the_sum() -> None:
    """It was saved with 150.755: the errors met on the way, without dividing by 29 (27.99)."""
    path = descend_line(lecture.Descent(1e-4), 1)[["slope", "intercept"]].to_numpy()
    met = sum(loss_of_point(p, x, y) for p, x, y in zip(path, X, Y, strict=False))
    assert math.sqrt(met) == pytest.approx(150.755, abs=5e-4)
    assert math.sqrt(met / 29) == pytest.approx(27.99, abs=5e-3)


@given(slope=SLOPES, intercept=st.floats(-50, 50), x=st.integers(1, 100), y=st.floats(-100, 300))
def test_analytic_derivatives_are_the_measured_ones(
    slope: float, intercept: float, x: int, y: float
) -> None:
    """A central difference of a square is exact but for rounding."""
    here = np.array([slope, intercept])

    def loss(parameters: np.ndarray) -> float:
        return loss_of_point(parameters, x, y)

    forward, backward = (finite_differences(loss, here, step) for step in (0.01, -0.01))
    np.testing.assert_allclose(
        gradient_of_point(here, x, y), (forward + backward) / 2, rtol=1e-6, atol=1e-4
    )


def test_the_mean_loss_is_zero_at_the_answer_alone() -> None:
    slopes = np.array([2.0, 1.0, 2.0])
    intercepts = np.array([30.0, 30.0, 31.0])
    expected = np.array([0.0, float(np.mean(np.square(X))), 1.0])
    np.testing.assert_allclose(mean_loss(slopes, intercepts), expected)
