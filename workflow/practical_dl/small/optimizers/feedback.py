"""Feedback from the descent that methods remember: the loss (Eve), the gradients (annealing)."""

import numpy as np

from practical_dl.small.optimizers.line import Vector


class LossFeedback:
    """A running average of the relative change of a smoothly tracked loss.

    Koushik and Hayashi 2016, arXiv:1611.01505v1, algorithm 1.
    """

    def __init__(self, beta_3: float, lower: float = 0.1, upper: float = 10.0) -> None:
        self.beta_3, self.lower, self.upper = beta_3, lower, upper
        self.tracked: float | None = None
        self.average = 1.0

    def update(self, loss: float) -> float:
        """The divisor of the step that is taken at a point with this positive loss."""
        if self.tracked is None:
            self.tracked = loss
            return self.average
        if loss >= self.tracked:
            least, most = 1 + self.lower, 1 + self.upper
        else:
            least, most = 1 / (1 + self.upper), 1 / (1 + self.lower)
        before, self.tracked = (
            self.tracked,
            self.tracked * min(max(least, loss / self.tracked), most),
        )
        change = abs(self.tracked - before) / min(self.tracked, before)
        self.average = self.beta_3 * self.average + (1 - self.beta_3) * change
        return self.average


class GradientGrowth:
    """The sum of squared gradients of each epoch, beside that of the epoch before."""

    def __init__(self, ratio: float) -> None:
        self.ratio = ratio
        self.before = np.inf
        self.now = 0.0

    def add(self, gradient: Vector) -> None:
        self.now += float(np.sum(gradient**2))

    def end_epoch(self) -> bool:
        """Whether the epoch's sum is more than `ratio` times the last one's."""
        grew = self.now > self.ratio * self.before
        self.before, self.now = self.now, 0.0
        return grew
