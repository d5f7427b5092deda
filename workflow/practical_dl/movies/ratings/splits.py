"""The split into ratings that train and ratings that test, drawn one by one as in the lesson."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError

KEYS = ("user_id", "movie_id")
SPLIT_COLUMNS = (*KEYS, "role")


def drawn_rows(count: int, share: float, seed: int) -> NDArray[np.bool_]:
    """For each of `count` rows whether a uniform draw of `seed` is below `share`: (count,)."""
    return np.random.default_rng(seed).random(count) < share


def assign_roles(ratings: pd.DataFrame, train_share: float, seed: int) -> pd.DataFrame:
    """The split of all rating models: a random share of the ratings, in file order, trains.

    A user's ratings fall on both sides, and so do ratings before and after any date: the split
    tells how well gaps in a table of ratings are filled, not how well the future is predicted.

    Returns:
        user_id, movie_id, role (train or valid), one row per rating, in the order of `ratings`.

    Raises:
        UserError: one of the sides would be empty.
    """
    trains = drawn_rows(len(ratings), train_share, seed)
    if trains.all() or not trains.any():
        raise UserError(
            f"train share {train_share} of {len(ratings)} ratings leaves a side empty; "
            "use more ratings or another share"
        )
    return ratings[list(KEYS)].assign(role=np.where(trains, "train", "valid"))


def ratings_of(role: str, ratings: pd.DataFrame, split: pd.DataFrame) -> pd.DataFrame:
    """The ratings that have `role` in `split`, in file order.

    Raises:
        UserError: the split was made for other ratings.
    """
    if not all(np.array_equal(ratings[key], split[key]) for key in KEYS):
        raise UserError("the split belongs to other ratings; delete its file and run again")
    return ratings[(split["role"] == role).to_numpy()]
