"""Augmented passes: the same pictures again, each changed by draws of its own.

Draws depend on the image's id, the number of the pass and the name of the type alone, so that a
shard is the same however many shards there are, and no type moves the draws of another.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.features.inference import Pictures
from practical_dl.images.pictures.augmentation import TYPES, Amounts, changed_by, used_types
from practical_dl.images.pictures.decoding import Pixels


def pass_number(part: str) -> int:
    """The number of the pass that a part of the features holds; 0 for clean ones."""
    match = re.fullmatch(r"(?:labelled|test)_pass(\d+)", part)
    return int(match[1]) if match else 0


def draws(name: str, image_ids: Sequence[str], number: int, seed: int) -> NDArray[np.float32]:
    """Draws of a type (n, its number of draws), uniform in [-1, 1], one row per image."""
    return np.stack(
        [_uniform(f"{seed} {number} {name} {image}", TYPES[name].draws) for image in image_ids]
    )


def _uniform(text: str, count: int) -> NDArray[np.float32]:
    """`count` numbers in [-1, 1] that a text decides."""
    rng = np.random.default_rng(list(hashlib.sha256(text.encode()).digest()))
    return rng.uniform(-1, 1, count).astype(np.float32)


def change_pictures(
    rows: pd.DataFrame, pictures: Pixels, *, amounts: Amounts, number: int, seed: int
) -> Pictures:
    """`pictures` (n, height, width, 3) of the manifest `rows` as pass `number` sees them."""
    import tensorflow as tf

    ids = list(rows["image_id"])
    drawn = {name: tf.constant(draws(name, ids, number, seed)) for name in used_types(amounts)}
    with tf.device("CPU"):
        return changed_by(tf.constant(pictures), amounts, drawn).numpy()


def describe_pass(number: int, amounts: Mapping[str, float], seed: int) -> str:
    """The augmentation of a store's pictures, in words."""
    if not number:
        return "none"
    given = ", ".join(f"{name} {amount:g}" for name, amount in sorted(amounts.items()) if amount)
    return f"{given or 'nothing'}; seed {seed}"
