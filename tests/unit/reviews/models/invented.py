"""Invented reviews that several test files of the models use."""

import numpy as np
import pandas as pd

from practical_dl.reviews.models.data import ReviewData


def ragged_reviews() -> np.ndarray:
    """Twenty reviews of one to ten words, padded in front to twelve."""
    tokens = np.zeros((20, 12), np.int32)
    for row in range(20):
        length = 1 + row % 10
        tokens[row, -length:] = np.arange(1, length + 1)
    tokens[:, -1] = np.arange(1, 21)
    return tokens


def word_order() -> ReviewData:
    """Reviews in which word 1 before word 2 is good, and word 2 before word 1 is bad."""
    rng = np.random.default_rng(0)
    tokens = rng.integers(3, 10, (400, 12)).astype(np.int32)
    labels = rng.integers(0, 2, 400)
    rows, places = np.arange(400), rng.integers(0, 11, 400)
    tokens[rows, places] = 2 - labels
    tokens[rows, places + 1] = 1 + labels
    roles = np.repeat(np.array(["train", "valid", "test"], object), [250, 50, 100])
    return ReviewData(pd.DataFrame({"label": labels}), roles, tokens)
