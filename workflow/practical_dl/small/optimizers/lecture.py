"""The optimizers as the lecture's spreadsheet defines them.

Averages are weighted, `beta * average + (1 - beta) * new`, start at zero and are not corrected
for it; Adagrad looks at whole epochs.
"""

from collections.abc import Callable

import numpy as np

from practical_dl.small.optimizers.descent import Method
from practical_dl.small.optimizers.feedback import GradientGrowth, LossFeedback
from practical_dl.small.optimizers.line import Vector


class Descent:
    """Stochastic gradient descent: against the gradient."""

    def __init__(self, rate: float) -> None:
        self.rate = rate

    def step(self, gradient: Vector, loss: float) -> Vector:  # noqa: ARG002
        return -self.rate * gradient

    def end_epoch(self) -> None:
        """Nothing is kept from epoch to epoch."""


class Momentum(Descent):
    """Against a weighted average of the gradients."""

    def __init__(self, rate: float, beta: float) -> None:
        super().__init__(rate)
        self.beta = beta
        self.average = np.zeros(2)

    def step(self, gradient: Vector, loss: float) -> Vector:  # noqa: ARG002
        self.average = self.beta * self.average + (1 - self.beta) * gradient
        return -self.rate * self.average


class Adagrad(Descent):
    """The rate divided by the root of the last epoch's squared gradients.

    As in the sheet, the root of their sum is divided by their count. The first epoch has no
    epoch before it and divides by one: it is plain descent.
    """

    def __init__(self, rate: float) -> None:
        super().__init__(rate)
        self.squares: list[Vector] = []
        self.divisor = np.ones(2)

    def step(self, gradient: Vector, loss: float) -> Vector:  # noqa: ARG002
        self.squares.append(gradient**2)
        return -self.rate * gradient / self.divisor

    def end_epoch(self) -> None:
        self.divisor = np.sqrt(np.sum(self.squares, axis=0)) / len(self.squares)
        self.squares = []


class RMSProp(Descent):
    """The rate divided by the root of a weighted average of squared gradients."""

    def __init__(self, rate: float, beta: float) -> None:
        super().__init__(rate)
        self.beta = beta
        self.squares = np.zeros(2)

    def step(self, gradient: Vector, loss: float) -> Vector:  # noqa: ARG002
        self.squares = self.beta * self.squares + (1 - self.beta) * gradient**2
        return -self.rate * gradient / np.sqrt(self.squares)


class Adam(Descent):
    """RMSProp on an averaged gradient."""

    def __init__(self, rate: float, beta_1: float, beta_2: float) -> None:
        super().__init__(rate)
        self.beta_1, self.beta_2 = beta_1, beta_2
        self.average, self.squares = np.zeros(2), np.zeros(2)

    def step(self, gradient: Vector, loss: float) -> Vector:  # noqa: ARG002
        self.average = self.beta_1 * self.average + (1 - self.beta_1) * gradient
        self.squares = self.beta_2 * self.squares + (1 - self.beta_2) * gradient**2
        return -self.rate * self.average / np.sqrt(self.squares)


class Eve(Adam):
    """Adam, its steps divided by how much the loss changes."""

    def __init__(self, rate: float, beta_1: float, beta_2: float, beta_3: float) -> None:
        super().__init__(rate, beta_1, beta_2)
        self.feedback = LossFeedback(beta_3)

    def step(self, gradient: Vector, loss: float) -> Vector:
        return super().step(gradient, loss) / self.feedback.update(loss)


class Annealed:
    """A method whose rate is divided when an epoch's squared gradients outgrow the last one's."""

    def __init__(self, method: Descent, ratio: float, divide_by: float) -> None:
        self.method = method
        self.growth = GradientGrowth(ratio)
        self.divide_by = divide_by

    def step(self, gradient: Vector, loss: float) -> Vector:
        self.growth.add(gradient)
        return self.method.step(gradient, loss)

    def end_epoch(self) -> None:
        if self.growth.end_epoch():
            self.method.rate /= self.divide_by


def annealed_adam(
    rate: float, beta_1: float, beta_2: float, ratio: float, divide_by: float
) -> Annealed:
    return Annealed(Adam(rate, beta_1, beta_2), ratio, divide_by)


METHODS: dict[str, Callable[..., Method]] = {
    "sgd": Descent,
    "momentum": Momentum,
    "adagrad": Adagrad,
    "rmsprop": RMSProp,
    "adam": Adam,
    "eve": Eve,
    "annealing": annealed_adam,
}
