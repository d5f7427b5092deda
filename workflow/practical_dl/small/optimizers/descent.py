"""Walking downhill: one method, one gradient after the other, every step recorded."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from practical_dl.small.optimizers.line import (
    START,
    Vector,
    X,
    Y,
    gradient_of_point,
    loss_of_point,
    mean_loss,
)

PATH_COLUMNS = ("epoch", "step", "slope", "intercept", "mean_squared_error")


class Method(Protocol):
    """A rule that turns gradients into steps."""

    def step(self, gradient: Vector, loss: float) -> Vector:
        """The step to add to the parameters, from the gradient and the loss of this point."""

    def end_epoch(self) -> None:
        """Told after the last point of each epoch."""


def descend_line(method: Method, epochs: int, start: Sequence[float] = START) -> pd.DataFrame:
    """Fit the line by batches of one, in the spreadsheet's order.

    Returns:
        One row before the first step and one after each (columns PATH_COLUMNS); the error is
        over all 29 points. A path that overflows ends where it does.
    """
    parameters = np.array(start)
    rows = [(0, 0, *parameters)]
    with np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(1, epochs + 1):
            for x, y in zip(X, Y, strict=True):
                loss = loss_of_point(parameters, x, y)
                parameters = parameters + method.step(gradient_of_point(parameters, x, y), loss)
                rows.append((epoch, len(rows), *parameters))
            method.end_epoch()
        path = pd.DataFrame(rows, columns=PATH_COLUMNS[:-1])
        error = mean_loss(path["slope"].to_numpy(), path["intercept"].to_numpy())
    finite = np.isfinite(error)
    return path.assign(mean_squared_error=error)[finite]
