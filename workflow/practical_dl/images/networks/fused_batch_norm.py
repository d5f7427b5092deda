"""Keras' batch normalisation with TensorFlow's fused kernel while training: the same numbers.

Keras 3 computes the moments of pictures in several passes, which on a CPU takes longer than the
lesson's convolutions themselves.
"""

from typing import Any

import keras
import tensorflow as tf

PICTURE_RANK = 4


@keras.saving.register_keras_serializable("practical_dl")
class FusedBatchNormalization(keras.layers.BatchNormalization):
    """For (n, height, width, channels) inputs while training; else Keras' own."""

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        if not (training and self.trainable and inputs.shape.rank == PICTURE_RANK):
            return super().call(inputs, training=training, mask=mask)
        outputs, mean, variance, *_ = tf.raw_ops.FusedBatchNormV3(
            x=inputs,
            scale=self.gamma,
            offset=self.beta,
            mean=[],
            variance=[],
            epsilon=self.epsilon,
            is_training=True,
        )
        rows = tf.cast(tf.size(inputs) // inputs.shape[-1], variance.dtype)
        variance *= (rows - 1) / rows  # the kernel divides by one row less, Keras by all
        kept = self.momentum
        self.moving_mean.assign(kept * self.moving_mean + (1 - kept) * mean)
        self.moving_variance.assign(kept * self.moving_variance + (1 - kept) * variance)
        return outputs
