"""The optimizers as their papers define them and Keras implements them.

Momentum: Polyak 1964. Adagrad: Duchi, Hazan, Singer 2011. RMSProp: Tieleman and Hinton 2012,
lecture 6e. Adam: Kingma and Ba 2015. Eve: Koushik and Hayashi 2016. The annealing has no paper;
it is the lecturer's rule on the paper's Adam.
"""

from collections.abc import Callable

import numpy as np

from practical_dl.small.optimizers.descent import Method
from practical_dl.small.optimizers.feedback import LossFeedback
from practical_dl.small.optimizers.lecture import Annealed, Descent
from practical_dl.small.optimizers.line import Vector

EPSILON = 1e-7


class Momentum(Descent):
    """A velocity that keeps a share of itself: the gradients add up, they are not averaged."""

    def __init__(self, rate: float, beta: float) -> None:
        super().__init__(rate)
        self.beta = beta
        self.velocity = np.zeros(2)

    def step(self, gradient: Vector, loss: float) -> Vector:  # noqa: ARG002
        self.velocity = self.beta * self.velocity - self.rate * gradient
        return self.velocity


class Adagrad(Descent):
    """The rate divided by the root of all squared gradients so far."""

    def __init__(self, rate: float, initial_squares: float = 0.1) -> None:
        super().__init__(rate)
        self.squares = np.full(2, initial_squares)

    def step(self, gradient: Vector, loss: float) -> Vector:  # noqa: ARG002
        self.squares = self.squares + gradient**2
        return -self.rate * gradient / np.sqrt(self.squares + EPSILON)


class RMSProp(Descent):
    """The rate divided by the root of a running average of squared gradients."""

    def __init__(self, rate: float, beta: float) -> None:
        super().__init__(rate)
        self.beta = beta
        self.squares = np.zeros(2)

    def step(self, gradient: Vector, loss: float) -> Vector:  # noqa: ARG002
        self.squares = self.beta * self.squares + (1 - self.beta) * gradient**2
        return -self.rate * gradient / np.sqrt(self.squares + EPSILON)


class Adam(Descent):
    """Averages of the gradient and of its square, both corrected for their start at zero."""

    def __init__(self, rate: float, beta_1: float, beta_2: float) -> None:
        super().__init__(rate)
        self.beta_1, self.beta_2 = beta_1, beta_2
        self.average, self.squares = np.zeros(2), np.zeros(2)
        self.steps = 0

    def step(self, gradient: Vector, loss: float) -> Vector:
        self.steps += 1
        self.average = self.beta_1 * self.average + (1 - self.beta_1) * gradient
        self.squares = self.beta_2 * self.squares + (1 - self.beta_2) * gradient**2
        average = self.average / (1 - self.beta_1**self.steps)
        squares = self.squares / (1 - self.beta_2**self.steps)
        return -self.rate * average / (self.divisor(loss) * np.sqrt(squares) + EPSILON)

    def divisor(self, loss: float) -> float:  # noqa: ARG002
        return 1.0


class Eve(Adam):
    """Adam, its steps divided by how much the loss changes."""

    def __init__(self, rate: float, beta_1: float, beta_2: float, beta_3: float) -> None:
        super().__init__(rate, beta_1, beta_2)
        self.feedback = LossFeedback(beta_3)

    def divisor(self, loss: float) -> float:
        return self.feedback.update(loss)


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
