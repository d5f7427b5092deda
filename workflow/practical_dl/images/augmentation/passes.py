"""Augmented passes: the same pictures again, each changed by draws of its own.

A draw is decided by the image's id and the number of the pass, so that a shard is the same
whoever computes it, and however many shards there are.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.features.inference import Pictures
from practical_dl.images.pictures.changes import DRAWS, Amounts, changed_by
from practical_dl.images.pictures.loading import Pixels


def pass_number(part: str) -> int:
    """The number of the pass that a part of the features holds; 0 for clean ones."""
    match = re.fullmatch(r"(?:labelled|test)_pass(\d+)", part)
    return int(match[1]) if match else 0


def draws(image_ids: Sequence[str], number: int, seed: int) -> NDArray[np.float32]:
    """Draws (n, 11), uniform in [-1, 1], one row an image."""
    rows = [
        np.random.default_rng(list(hashlib.sha256(f"{seed} {number} {name}".encode()).digest()))
        for name in image_ids
    ]
    return np.stack([row.uniform(-1, 1, DRAWS) for row in rows]).astype(np.float32)


def change_pictures(
    rows: pd.DataFrame, pictures: Pixels, *, amounts: Amounts, number: int, seed: int
) -> Pictures:
    """`pictures` (n, height, width, 3) of the manifest `rows` as pass `number` sees them."""
    import tensorflow as tf

    drawn = tf.constant(draws(list(rows["image_id"]), number, seed))
    with tf.device("CPU"):
        return changed_by(tf.constant(pictures), amounts, drawn).numpy()


def describe_pass(number: int, amounts: Mapping[str, float], seed: int) -> str:
    """What a store says of the augmentation of its pictures."""
    if not number:
        return "none"
    given = ", ".join(f"{name} {amount:g}" for name, amount in sorted(amounts.items()) if amount)
    return f"{given or 'nothing'}; seed {seed}"
