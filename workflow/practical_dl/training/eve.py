"""Eve: Adam that listens to the loss.

Koushik and Hayashi 2016, Improving Stochastic Gradient Descent with Feedback, arXiv:1611.01505v1,
algorithm 1. Imports Keras, so import this module inside functions only.
"""

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf
from keras import ops


@keras.saving.register_keras_serializable(package="practical_dl")
class Eve(keras.optimizers.Optimizer):
    """Adam whose step is divided by a running average of the loss's relative change.

    The loss of each batch reaches the optimizer through `scale_loss`, which `Model.fit` calls; a
    training loop of one's own has to call it too. The loss must be positive, as the method's
    ratios ask; one at or below `epsilon` counts as `epsilon`.

    Args:
        beta_1, beta_2: decay of the averages of the gradient and of its square, as in Adam.
        beta_3: decay of the average of the loss's relative change.
        lower, upper: the paper's k and K: the least and the largest relative change that one
            step is believed.
    """

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        beta_3: float = 0.999,
        lower: float = 0.1,
        upper: float = 10.0,
        epsilon: float = 1e-8,
        name: str = "eve",
        **options: Any,
    ) -> None:
        if options.get("gradient_accumulation_steps"):
            raise ValueError("Eve compares the losses of single steps and cannot accumulate them")
        super().__init__(learning_rate=learning_rate, name=name, **options)
        self.beta_1, self.beta_2, self.beta_3 = beta_1, beta_2, beta_3
        self.lower, self.upper = lower, upper
        self.epsilon = epsilon
        self._loss = self.add_variable((), initializer="ones", name="loss")
        self._tracked_loss = self.add_variable((), initializer="ones", name="tracked_loss")
        self._feedback = self.add_variable((), initializer="ones", name="feedback")
        self._loss_is_known = False

    def build(self, variables: Sequence[Any]) -> None:
        if self.built:
            return
        super().build(variables)
        self._momentums, self._velocities = self.add_optimizer_variables(
            variables, ["momentum", "velocity"]
        )

    def scale_loss(self, loss: Any) -> Any:
        """Keep the batch's loss for the step that follows; scaled as in every optimizer."""
        self._loss.assign(ops.maximum(ops.cast(loss, self._loss.dtype), self.epsilon))
        self._loss_is_known = True
        return super().scale_loss(loss)

    def apply(self, grads: Sequence[Any], trainable_variables: Any = None) -> None:
        """Take one step.

        Raises:
            RuntimeError: `scale_loss` was not called since the step before.
        """
        if not self._loss_is_known:
            raise RuntimeError("Eve needs the loss: call scale_loss(loss) before every step")
        self._heed_the_loss()
        super().apply(grads, trainable_variables)
        self._loss_is_known = False

    def _heed_the_loss(self) -> None:
        """Update the tracked loss and the feedback that divides the step."""
        first = ops.equal(self.iterations, 0)
        rose = ops.greater_equal(self._loss, self._tracked_loss)
        least = ops.where(rose, 1 + self.lower, 1 / (1 + self.upper))
        most = ops.where(rose, 1 + self.upper, 1 / (1 + self.lower))
        change = ops.clip(self._loss / self._tracked_loss, least, most)
        tracked = ops.where(first, self._loss, change * self._tracked_loss)
        relative_change = ops.abs(tracked - self._tracked_loss) / ops.minimum(
            tracked, self._tracked_loss
        )
        average = self.beta_3 * self._feedback + (1 - self.beta_3) * relative_change
        self._feedback.assign(ops.where(first, ops.ones_like(average), average))
        self._tracked_loss.assign(tracked)

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        dtype = variable.dtype
        rate = ops.cast(learning_rate, dtype)
        gradient = ops.cast(tf.convert_to_tensor(gradient), dtype)  # an embedding's is sparse
        step = ops.cast(self.iterations + 1, dtype)
        index = self._get_variable_index(variable)
        momentum, velocity = self._momentums[index], self._velocities[index]
        self.assign(momentum, self.beta_1 * momentum + (1 - self.beta_1) * gradient)
        self.assign(velocity, self.beta_2 * velocity + (1 - self.beta_2) * ops.square(gradient))
        corrected_momentum = momentum / (1 - self.beta_1**step)
        corrected_velocity = velocity / (1 - self.beta_2**step)
        divisor = ops.cast(self._feedback, dtype) * ops.sqrt(corrected_velocity) + self.epsilon
        self.assign_sub(variable, rate * corrected_momentum / divisor)

    def get_config(self) -> dict[str, Any]:
        options = ("beta_1", "beta_2", "beta_3", "lower", "upper", "epsilon")
        return {**super().get_config(), **{name: getattr(self, name) for name in options}}
