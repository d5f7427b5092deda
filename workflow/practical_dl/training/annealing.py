"""The lecturer's annealing of the learning rate, for every optimizer.

Keep the sum of squared gradients of each epoch; when it more than doubles from one epoch to the
next, the steps have grown too long: divide the rate by four (lesson 5, Practical Deep Learning,
sheet `adam_ann`). Imports Keras, so import this module inside functions only.
"""

from collections.abc import Callable, Sequence
from typing import Any

import keras
import tensorflow as tf

GRADIENTS_COLUMN = "squared_gradients"


class GradientAnnealing(keras.callbacks.Callback):
    """Divides the rate by `divide_by` after an epoch whose sum of squared gradients is more than
    `ratio` times that of the epoch before.

    Adds to the epoch's logs `squared_gradients` and `learning_rate`, the rate that it used.
    Between `on_train_begin` and `on_train_end` the model's optimizer adds up the gradients that
    it is given, before any clipping.
    """

    def __init__(
        self, ratio: float, divide_by: float, report: Callable[[str], object] = str
    ) -> None:
        super().__init__()
        self.ratio = ratio
        self.divide_by = divide_by
        self.report = report

    def on_train_begin(self, logs: Any = None) -> None:  # noqa: ARG002
        self._before: float | None = None
        self._sum = keras.Variable(0.0, trainable=False, name="squared_gradients")
        optimizer = self.model.optimizer
        take_step = optimizer.apply

        def add_up_and_take_step(grads: Sequence[Any], trainable_variables: Any = None) -> None:
            self._sum.assign_add(_sum_of_squares(grads))
            take_step(grads, trainable_variables)

        optimizer.apply = add_up_and_take_step

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:  # noqa: ARG002
        self._sum.assign(0.0)

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        total = float(self._sum)
        rate = float(self.model.optimizer.learning_rate)
        if logs is not None:
            logs[GRADIENTS_COLUMN] = total
            logs["learning_rate"] = rate
        if self._before is not None and total > self.ratio * self._before:
            self.model.optimizer.learning_rate = rate / self.divide_by
            self.report(
                f"epoch {epoch + 1}: squared gradients {total:.4g} after {self._before:.4g}; "
                f"learning rate {rate:g} becomes {rate / self.divide_by:g}"
            )
        self._before = total

    def on_train_end(self, logs: Any = None) -> None:  # noqa: ARG002
        del self.model.optimizer.apply


def _sum_of_squares(grads: Sequence[Any]) -> Any:
    """Sum over all gradients; sparse ones are made dense, so that repeated rows add up first."""
    dense = [tf.convert_to_tensor(grad) for grad in grads if grad is not None]
    return sum(tf.reduce_sum(tf.square(tf.cast(grad, tf.float32))) for grad in dense)
