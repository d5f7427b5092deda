"""What people call the users and movies of a recommender, whose ids are numbers."""

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.ids import plain_name
from practical_dl.movies.recommender.factors import Library

MOST_COMPARED = 20_000
"""Names that are searched for one alike: more take seconds."""


def with_names(
    library: Library,
    users: Mapping[int, str],
    items: Mapping[int, str],
    seen: pd.DataFrame,
    links: pd.DataFrame,
) -> Library:
    """The library with the names of ids that are not their own, and what was seen unrated.

    Args:
        users, items: names by id. seen: user_id, movie_id. links: movie_id, imdb_id.
    """
    catalogue = library.catalogue
    return replace(
        library,
        seen_by=catalogue.users_of(seen),
        seen_movie=catalogue.movies_of(seen),
        user_names=_names(catalogue.user_ids, users),
        movie_names=_names(catalogue.movie_ids, items),
        imdb_ids=_imdb_ids(catalogue.movie_ids, links),
    )


def user_id(library: Library, name: str) -> int:
    """The id of the user whom people call `name`.

    Raises:
        UserError: nobody is called that.
    """
    ids, names = library.catalogue.user_ids, library.user_names
    wanted = plain_name(name.strip())
    if names is None:
        found = np.flatnonzero(ids == int(wanted)) if wanted.isdecimal() else np.zeros(0, int)
    else:
        found = np.flatnonzero(names == wanted)
    if len(found):
        return int(ids[found[0]])
    known = ids if names is None else names
    alike = [] if names is None else get_close_matches(wanted, names[:MOST_COMPARED].tolist(), 3)
    hint = f"did you mean {' or '.join(alike)}? " if alike else ""
    raise UserError(f"user {name}: unknown; {hint}users are {known[0]} to {known[-1]}")


def movie_names(library: Library) -> list[str]:
    """What people call each movie, by number."""
    named = library.catalogue.movie_ids if library.movie_names is None else library.movie_names
    return [str(name) for name in named]


def _imdb_ids(ids: NDArray[np.int64], links: pd.DataFrame) -> NDArray[np.int64] | None:
    known = dict(zip(links["movie_id"].tolist(), links["imdb_id"].tolist(), strict=True))
    return np.array([known.get(number, 0) for number in ids.tolist()]) if known else None


def _names(ids: NDArray[np.int64], names: Mapping[int, str]) -> NDArray[np.str_] | None:
    told = np.array([names[number] for number in ids.tolist()])
    return None if np.array_equal(told, ids.astype(str)) else told
