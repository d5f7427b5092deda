"""Types of augmentation: random changes of pictures, as one affine map and one change of colours.

TYPES is the only list of them: a new type is a new entry here, and its keys in the schema. The
types and their units are those of the lesson (Keras 1's ImageDataGenerator). The geometric types
of a picture are composed to one matrix, so it is resampled once, however many types there are.
"""

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import tensorflow as tf

Amounts = Mapping[str, float]
Draws = Mapping[str, Any]
"""For each type in use its draws (n, Type.draws), uniform in [-1, 1]: one row per picture."""

NONE = "none"
"""The control of all types: pictures as they are."""
TOGETHER = "together"
"""Stands for a type where all chosen levels are used together."""


@dataclass(frozen=True)
class Type:
    """One type of augmentation: its unit, the numbers that a picture draws, what they do to it.

    Exactly one of the two functions is given. Both take the amount, the largest change in either
    direction, and the draws. `moves` returns the entries (xx, xy, x, yx, yy, y) of the map from a
    place in the new picture to its place in the old one, in pixels right of and below the centre;
    its last two arguments are the picture's height and width. `recolours` takes the pictures (n,
    height, width, 3) first and returns them changed.
    """

    unit: str
    draws: int = 1
    moves: Callable[..., tuple[Any, ...]] | None = None
    recolours: Callable[..., "tf.Tensor"] | None = None


def _width_shift(amount: float, draws: "tf.Tensor", _: int, width: int) -> tuple[Any, ...]:
    return 1.0, 0.0, amount * draws[:, 0] * width, 0.0, 1.0, 0.0


def _height_shift(amount: float, draws: "tf.Tensor", height: int, _: int) -> tuple[Any, ...]:
    return 1.0, 0.0, 0.0, 0.0, 1.0, amount * draws[:, 0] * height


def _rotation(amount: float, draws: "tf.Tensor", *_: int) -> tuple[Any, ...]:
    import tensorflow as tf

    angle = amount * draws[:, 0] * (math.pi / 180)
    return tf.cos(angle), -tf.sin(angle), 0.0, tf.sin(angle), tf.cos(angle), 0.0


def _shear(amount: float, draws: "tf.Tensor", *_: int) -> tuple[Any, ...]:
    import tensorflow as tf

    angle = amount * draws[:, 0]
    return 1.0, -tf.sin(angle), 0.0, 0.0, tf.cos(angle), 0.0


def _zoom(amount: float, draws: "tf.Tensor", *_: int) -> tuple[Any, ...]:
    return 1 + amount * draws[:, 0], 0.0, 0.0, 0.0, 1 + amount * draws[:, 1], 0.0


def _flip(amount: float, draws: "tf.Tensor", *_: int) -> tuple[Any, ...]:
    import tensorflow as tf

    flipped = (draws[:, 0] + 1) / 2 < amount
    return tf.where(flipped, -1.0, 1.0), 0.0, 0.0, 0.0, 1.0, 0.0


def _brightness(pictures: "tf.Tensor", amount: float, draws: "tf.Tensor") -> "tf.Tensor":
    return pictures * (1 + amount * draws[:, 0, None, None, None])


def _channel_shift(pictures: "tf.Tensor", amount: float, draws: "tf.Tensor") -> "tf.Tensor":
    return pictures + amount * draws[:, None, None, :]


TYPES = {
    "width_shift": Type("share of the width", moves=_width_shift),
    "height_shift": Type("share of the height", moves=_height_shift),
    "rotation": Type("degrees", moves=_rotation),
    "shear": Type("radians", moves=_shear),
    "zoom": Type("share of the size", draws=2, moves=_zoom),
    "flip": Type("share of the pictures", moves=_flip),
    "brightness": Type("share of the brightness", recolours=_brightness),
    "channel_shift": Type("of 255", draws=3, recolours=_channel_shift),
}
"""All types, by name. A place in a new picture goes through their maps in reverse order, to its
place in the old one; so the shifts come last."""


def used_types(amounts: Amounts) -> list[str]:
    """The types whose amount is not zero, in the order of TYPES."""
    return [name for name in TYPES if amounts.get(name)]


def stream(name: str) -> int:
    """The number of a type's own random stream: a hash of its name, from 0 to 2^31 - 1."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") >> 1


def drawn(amounts: Amounts, count: int, seed: "tf.Tensor") -> dict[str, "tf.Tensor"]:
    """Draws for `count` pictures, each type's from a stream of its own.

    So the draws of a type depend on `seed` (2,) and on its name alone: two levels of one type
    change the same pictures in the same directions, and other types move nothing.
    """
    import tensorflow as tf

    fold = tf.random.experimental.stateless_fold_in
    return {
        name: tf.random.stateless_uniform(
            (count, TYPES[name].draws), fold(seed, stream(name)), -1.0, 1.0
        )
        for name in used_types(amounts)
    }


def augment(pictures: "tf.Tensor", amounts: Amounts, seed: "tf.Tensor") -> "tf.Tensor":
    """Change each of `pictures` (n, height, width, 3), 0 to 255, by its own draws: float32.

    `seed` (2,) decides the draws.
    """
    import tensorflow as tf

    return changed_by(pictures, amounts, drawn(amounts, tf.shape(pictures)[0], seed))


def changed_by(pictures: "tf.Tensor", amounts: Amounts, draws: Draws) -> "tf.Tensor":
    """Change `pictures` by given `draws`; outside, the nearest edge is repeated."""
    import tensorflow as tf

    changed = tf.cast(pictures, tf.float32)
    used = used_types(amounts)
    if any(TYPES[name].moves for name in used):
        height, width = int(changed.shape[1]), int(changed.shape[2])
        changed = tf.raw_ops.ImageProjectiveTransformV3(
            images=changed,
            transforms=affine_rows(amounts, draws, height, width),
            output_shape=(height, width),
            interpolation="BILINEAR",
            fill_mode="NEAREST",
            fill_value=0.0,
        )
    for name in used:
        if recolours := TYPES[name].recolours:
            changed = recolours(changed, amounts[name], draws[name])
    return tf.clip_by_value(changed, 0.0, 255.0)


def affine_rows(amounts: Amounts, draws: Draws, height: int, width: int) -> "tf.Tensor":
    """Where each output pixel comes from: (n, 8) rows for ImageProjectiveTransformV3.

    At least one geometric type must be in use.
    """
    import tensorflow as tf

    maps = [
        moves(amounts[name], draws[name], height, width)
        for name in used_types(amounts)
        if (moves := TYPES[name].moves)
    ]
    xx, xy, x, yx, yy, y = maps[0]
    for right in maps[1:]:
        xx, xy, x, yx, yy, y = _composed((xx, xy, x, yx, yy, y), right)
    middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
    x = x + middle_x - xx * middle_x - xy * middle_y
    y = y + middle_y - yx * middle_x - yy * middle_y
    count = tf.shape(next(iter(draws.values())))[0]
    entries = (xx, xy, x, yx, yy, y, 0.0, 0.0)
    return tf.stack([tf.broadcast_to(tf.cast(one, tf.float32), [count]) for one in entries], axis=1)


def _composed(left: tuple[Any, ...], right: tuple[Any, ...]) -> tuple[Any, ...]:
    """The map that first does `right`, then `left`; entries are numbers or (n,)."""
    a, b, x, c, d, y = left
    e, f, u, g, h, v = right
    return (
        a * e + b * g, a * f + b * h, a * u + b * v + x,
        c * e + d * g, c * f + d * h, c * u + d * v + y,
    )  # fmt: skip
