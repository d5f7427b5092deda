"""Random changes of pictures while training, as one affine map and one shift of colours.

The types and their units are those of the lesson (Keras 1's ImageDataGenerator). All geometric
types of a picture are composed to one matrix, so it is resampled once, whatever the number of
types: Keras' preprocessing layers resample once a layer.
"""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tensorflow as tf

Amounts = Mapping[str, float]

UNITS = {
    "width_shift": "share of the width",
    "height_shift": "share of the height",
    "shear": "radians",
    "rotation": "degrees",
    "channel_shift": "of 255",
    "zoom": "share of the size",
    "brightness": "share of the brightness",
    "flip": "share of the pictures",
}
"""The types of augmentation, each with the unit of its amount."""

NONE = "none"
"""The control of all types: pictures as they are."""

GEOMETRIC = ("width_shift", "height_shift", "shear", "rotation", "zoom", "flip")
DRAWS = 11
"""Random numbers that a picture takes: zoom has two, channel shift three, the others one each."""

GREEN_DRAW = 9


def affine_rows(amounts: Amounts, draws: "tf.Tensor", height: int, width: int) -> "tf.Tensor":
    """Where each output pixel comes from: (n, 8) rows for ImageProjectiveTransformV3.

    Rotation, shear and zoom leave the picture's centre where it is; the shift comes last.
    `draws` (n, 11) are uniform in [-1, 1]; an amount is the largest value of its type, in both
    directions. The order of the draws does not depend on the amounts, so two levels of one type
    change the same pictures in the same directions.
    """
    import tensorflow as tf

    def drawn(name: str, column: int) -> "tf.Tensor":
        return amounts.get(name, 0.0) * draws[:, column]

    angle = drawn("rotation", 3) * (math.pi / 180)
    shear = drawn("shear", 2)
    zoom_x, zoom_y = 1 + drawn("zoom", 4), 1 + drawn("zoom", 5)
    flipped = (draws[:, 6] + 1) / 2 < amounts.get("flip", 0.0)
    mirror = tf.where(flipped, -zoom_x, zoom_x)
    xx = tf.cos(angle) * mirror
    xy = -tf.sin(angle + shear) * zoom_y
    yx = tf.sin(angle) * mirror
    yy = tf.cos(angle + shear) * zoom_y
    middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
    x0 = middle_x - xx * middle_x - xy * middle_y + drawn("width_shift", 0) * width
    y0 = middle_y - yx * middle_x - yy * middle_y + drawn("height_shift", 1) * height
    zero = tf.zeros_like(xx)
    return tf.stack([xx, xy, x0, yx, yy, y0, zero, zero], axis=1)


def augment(pictures: "tf.Tensor", amounts: Amounts, seed: "tf.Tensor") -> "tf.Tensor":
    """Change each of `pictures` (n, height, width, 3), 0 to 255, by its own draws: float32.

    `seed` (2,) decides the draws.
    """
    import tensorflow as tf

    draws = tf.random.stateless_uniform((tf.shape(pictures)[0], DRAWS), seed, -1.0, 1.0)
    return changed_by(pictures, amounts, draws)


def changed_by(pictures: "tf.Tensor", amounts: Amounts, draws: "tf.Tensor") -> "tf.Tensor":
    """Change `pictures` by given `draws` (n, 11); outside, the nearest edge is repeated."""
    import tensorflow as tf

    changed = tf.cast(pictures, tf.float32)
    if any(amounts.get(name) for name in GEOMETRIC):
        height, width = int(changed.shape[1]), int(changed.shape[2])
        changed = tf.raw_ops.ImageProjectiveTransformV3(
            images=changed,
            transforms=affine_rows(amounts, draws, height, width),
            output_shape=(height, width),
            interpolation="BILINEAR",
            fill_mode="NEAREST",
            fill_value=0.0,
        )
    if amounts.get("brightness"):
        changed *= 1 + amounts["brightness"] * draws[:, 7, None, None, None]
    if amounts.get("channel_shift"):
        changed += amounts["channel_shift"] * draws[:, None, None, 8:11]
    return tf.clip_by_value(changed, 0.0, 255.0)
