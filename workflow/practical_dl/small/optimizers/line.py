"""The lecture's problem: find the slope and intercept of y = 2x + 30, one point at a time.

The x values are those of the lecture's spreadsheet (graddesc.xlsm): with them, plain descent at
its rate of 0.0001 gives the figures that it was saved with (tests/unit/optimizers/test_line.py).
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

SLOPE: Final = 2.0
INTERCEPT: Final = 30.0
START: Final = (1.0, 1.0)
X: Final[tuple[int, ...]] = (
    *(14, 86, 28, 51, 28, 29, 72, 62, 84, 15, 42, 62, 47, 35, 9),
    *(38, 44, 99, 13, 21, 28, 20, 8, 64, 99, 70, 27, 17, 8),
)
Y: Final = tuple(SLOPE * x + INTERCEPT for x in X)


def loss_of_point(parameters: Vector, x: float, y: float) -> float:
    """Squared error of `parameters` (slope, intercept) at one point."""
    slope, intercept = parameters
    return float((slope * x + intercept - y) ** 2)


def gradient_of_point(parameters: Vector, x: float, y: float) -> Vector:
    """Derivatives of the squared error by slope and by intercept."""
    slope, intercept = parameters
    error = slope * x + intercept - y
    return np.array([2 * error * x, 2 * error])


def finite_differences(
    loss: Callable[[Vector], float], parameters: Vector, distance: float = 0.01
) -> Vector:
    """Derivatives as the lecture checks them: the loss a little further on, less the loss here."""
    here = loss(parameters)
    return np.array(
        [
            (loss(parameters + distance * direction) - here) / distance
            for direction in np.eye(len(parameters))
        ]
    )


def mean_loss(slope: NDArray[np.float64], intercept: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean squared error over the 29 points, of slopes and intercepts of any one shape."""
    squares = [(slope * x + intercept - y) ** 2 for x, y in zip(X, Y, strict=True)]
    return np.mean(squares, axis=0)
