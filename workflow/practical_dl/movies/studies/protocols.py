"""Other ways to hold ratings out, each with a question of its own.

random_N: how well gaps in a table are filled, with another draw. last_rating: each user's next
rating. by_time: the future of all, with users and movies that training never met. u1 to u5: the
splits that ml-100k ships, so that a figure can stand beside published ones.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import require_file
from practical_dl.job.errors import UserError
from practical_dl.movies.paths import PUBLISHED
from practical_dl.movies.ratings.releases import find_release
from practical_dl.movies.ratings.splits import KEYS, assign_roles


def split_by(
    protocol: str, ratings: pd.DataFrame, train_share: float, source: Path | None
) -> pd.DataFrame:
    """Roles of the ratings by a protocol's name: user_id, movie_id, role (train or valid).

    Args:
        source: the folder of the release, needed for the splits that come with it.

    Raises:
        UserError: a side would be empty, or the source has no such published split.
    """
    if protocol in PUBLISHED:
        if source is None:
            raise UserError(f"{protocol}: comes with ml-100k alone")
        return published_split(protocol, ratings, source)
    if protocol == "last_rating":
        held_out = last_of_each_user(ratings)
    elif protocol == "by_time":
        held_out = latest(ratings, 1 - train_share)
    else:
        return assign_roles(ratings, train_share, int(protocol.removeprefix("random_")))
    return ratings[list(KEYS)].assign(role=np.where(held_out, "valid", "train"))


def last_of_each_user(ratings: pd.DataFrame) -> NDArray[np.bool_]:
    """True at each user's last rating (n,). Equal times go by file order; a user's only rating
    is not held out."""
    order = np.lexsort((np.arange(len(ratings)), ratings["timestamp"], ratings["user_id"]))
    users = ratings["user_id"].to_numpy()[order]
    last = np.append(users[1:] != users[:-1], True)
    first = np.append(True, users[1:] != users[:-1])
    held_out = np.zeros(len(ratings), dtype=bool)
    held_out[order] = last & ~first
    return held_out


def latest(ratings: pd.DataFrame, share: float) -> NDArray[np.bool_]:
    """True at the latest `share` of all ratings (n,). Equal times go by file order."""
    count = max(1, round(len(ratings) * share))
    order = np.lexsort((np.arange(len(ratings)), ratings["timestamp"]))
    held_out = np.zeros(len(ratings), dtype=bool)
    held_out[order[-count:]] = True
    return held_out


def published_split(name: str, ratings: pd.DataFrame, source: Path) -> pd.DataFrame:
    """The roles that `name`.base and `name`.test beside the ratings give.

    Raises:
        UserError: they are absent, or do not share out exactly these ratings.
    """
    place, _ = find_release(source)
    parts = []
    for ending, role in (("base", "train"), ("test", "valid")):
        path = place / f"{name}.{ending}"
        require_file(path)
        rows = pd.read_csv(path, sep="\t", header=None, usecols=[0, 1], names=list(KEYS))
        parts.append(rows.assign(role=role))
    given = pd.concat(parts)
    roles = ratings[list(KEYS)].merge(given, on=list(KEYS), how="left", validate="one_to_one")
    if len(given) != len(ratings) or roles["role"].isna().any():
        raise UserError(f"{place / name}.base and .test: not these ratings; take the original")
    return roles
