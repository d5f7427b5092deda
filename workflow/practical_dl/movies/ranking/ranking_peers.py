"""Other libraries' lists on the same rows: CSV out, CSV back, as for predicted ratings."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.movies.models.peers import run_peer
from practical_dl.movies.ranking.lists import USERS, Lists
from practical_dl.movies.ranking.models.scorer import NOBODY

COLUMNS = ("user_id", "place", "movie_id")


def rank_with(
    peer: str,
    environment: Path,
    program: Path,
    train: pd.DataFrame,
    ours: Lists,
    seed: int,
    log: Log,
) -> Lists:
    """The lists of a peer, trained on `train`, for the users and of the length of `ours`.

    Args:
        environment: the peers' virtual environment. program: workflow/peers/rank.py.

    Raises:
        UserError: the environment is absent, or the peer fails; the log has what it said.
    """
    k = next(iter(ours.movies.values())).shape[1]
    with TemporaryDirectory() as folder:
        given, wanted, found = (Path(folder, f"{name}.csv") for name in ("train", "users", "lists"))
        train[["user_id", "movie_id"]].to_csv(given, index=False)
        pd.DataFrame({USERS: ours.users}).to_csv(wanted, index=False)
        run_peer(peer, environment, program, [given, wanted, found, str(k), str(seed)], log)
        table = read_csv(found, COLUMNS, dict.fromkeys(COLUMNS, "int64"))
    return Lists(ours.users, {peer: lists_of(table, ours.users, k, peer)})


def lists_of(table: pd.DataFrame, users: np.ndarray, k: int, peer: str) -> np.ndarray:
    """The lists (users, k) of a table of user_id, place (from 1) and movie_id; -1 where it ends.

    Raises:
        UserError: the table names other users, or places beyond k.
    """
    order = np.argsort(users)
    place = np.searchsorted(users, table["user_id"], sorter=order).clip(max=len(users) - 1)
    rows, columns = order[place], table["place"].to_numpy() - 1
    if (users[rows] != table["user_id"]).any() or not columns[columns >= 0].size == len(columns):
        raise UserError(f"{peer}: lists for other users or places than were asked for")
    lists = np.full((len(users), k), NOBODY)
    inside = columns < k
    lists[rows[inside], columns[inside]] = table["movie_id"].to_numpy()[inside]
    return lists
