"""The file of recommended lists: what each model puts first for each user of each split."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np

from practical_dl.files.artefacts import open_hdf5, write_hdf5
from practical_dl.job.errors import UserError
from practical_dl.movies.ranking.models.interactions import Codes
from practical_dl.movies.ranking.ranking_models import TITLES

USERS = "user_id"
LIST_NAMES = ("random",)
"""The split that is always there."""


class Lists(NamedTuple):
    """Lists on one split: ids of the users (n,), and per model ids of movies (n, k).

    Best first; -1 where a user has rated so many movies that none is left.
    """

    users: Codes
    movies: Mapping[str, Codes]


def write_lists(path: str | Path, lists: Mapping[str, Lists]) -> None:
    """Write the lists of each split as a group of one HDF5 file."""

    def write(file: h5py.File) -> None:
        for split, found in lists.items():
            group = file.create_group(split)
            group.create_dataset(USERS, data=found.users)
            for model, movies in found.movies.items():
                group.create_dataset(model, data=movies, compression="gzip")

    write_hdf5(path, write)


def read_lists(path: str | Path) -> dict[str, Lists]:
    """Read what `write_lists` wrote.

    Raises:
        UserError: the file is absent, damaged or of another version, or a list is too short.
    """
    found = {}
    with open_hdf5(path, LIST_NAMES) as file:
        for split, group in file.items():
            movies = {model: group[model][:] for model in group if model != USERS}
            users = group[USERS][:] if USERS in group else np.zeros(0, np.int64)
            if any(len(values) != len(users) for values in movies.values()):
                raise UserError(f"{path}: {split}: not one list per user; delete it and run again")
            found[split] = Lists(users, movies)
    return found


def joined_lists(paths: Sequence[str | Path]) -> dict[str, Lists]:
    """The lists of several files on the same splits and users, models in the order of the titles.

    Raises:
        UserError: a file has other splits or users than the first.
    """
    first = read_lists(paths[0])
    for path in paths[1:]:
        for split, found in read_lists(path).items():
            if split not in first or not np.array_equal(found.users, first[split].users):
                raise UserError(f"{path}: {split}: other users than in {paths[0]}; run both again")
            first[split] = Lists(found.users, {**first[split].movies, **found.movies})
    return {
        split: Lists(
            found.users, {name: found.movies[name] for name in TITLES if name in found.movies}
        )
        for split, found in sorted(first.items(), reverse=True)
    }
