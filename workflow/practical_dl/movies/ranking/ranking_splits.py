"""Splits that lists are judged on, and inner ones of a training part that choices are made on."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from practical_dl.movies.ratings.splits import ratings_of
from practical_dl.movies.studies.protocols import split_by

RANDOM, BY_TIME = "random", "by_time"
FOLDS, USED_FOLDS = 10, 3
"""Parts that training ratings are shared out to, and how many of them are held out in turn."""

Sides = tuple[pd.DataFrame, pd.DataFrame]


def sides_of(split: str, ratings: pd.DataFrame, roles: pd.DataFrame, share: float) -> Sides:
    """Training and held-out ratings: by the rating set's own split `roles`, or the latest ones.

    Args:
        share: of all ratings that train, where the latest are held out.
    """
    if split == BY_TIME:
        roles = split_by(BY_TIME, ratings, share, None)
    return ratings_of("train", ratings, roles), ratings_of("valid", ratings, roles)


def inner_sides(split: str, train: pd.DataFrame, share: float, seed: int) -> Sequence[Sides]:
    """The training ratings of a split parted in the same way: into folds, or by time."""
    if split == BY_TIME:
        return [sides_of(BY_TIME, train, train, share)]
    fold = np.random.default_rng(seed).integers(FOLDS, size=len(train))
    return [(train[fold != held], train[fold == held]) for held in range(USED_FOLDS)]
