"""What every source of ratings gives: ratings, movies, and how both came about."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import write_columns, write_csv, write_json
from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.ids import names_of

Scale = tuple[float, float]
MOVIE_COLUMNS = ("movie_id", "title", "year", "genres")
USER_NAME_COLUMNS = ("user_id", "name")
ITEM_NAME_COLUMNS = ("movie_id", "name")
SEEN_COLUMNS = ("seen_by", "seen_movie")
"""Of seen.h5: the columns user_id and movie_id, by names that no other file has."""
LINK_COLUMNS = ("movie_id", "imdb_id")
FEWEST = {"users": 2, "movies": 6, "ratings": 40}
"""Below these no models can be compared: neighbours, components and held-out tenths need them."""


class RatingSet(NamedTuple):
    """Ratings in file order, and all movies.

    Attributes:
        ratings: user_id, movie_id, rating, timestamp (Unix seconds; 0 where unknown).
        movies: movie_id, title, year (Int64), genres ('|' between).
        note: a line about the counts.
        scale: lowest and highest rating that can be given.
        notes: what was taken for what, a line each.
        user_names, item_names: what a person calls an id; None where that is the id itself.
        seen: user_id, movie_id of pairs without a rating that the user is known to have seen.
        links: movie_id, imdb_id of the movies whose number at IMDb is known.
    """

    ratings: pd.DataFrame
    movies: pd.DataFrame
    note: str
    scale: Scale
    notes: Sequence[str] = ()
    user_names: Mapping[int, str] | None = None
    item_names: Mapping[int, str] | None = None
    seen: pd.DataFrame | None = None
    links: pd.DataFrame | None = None


def no_links() -> pd.DataFrame:
    """The links of a set whose movies have no known number at IMDb."""
    return pd.DataFrame({name: pd.Series(dtype="int64") for name in LINK_COLUMNS})


def rating_scale(ratings: pd.DataFrame) -> Scale:
    """Lowest and highest rating that was given, in stars."""
    return float(ratings["rating"].min()), float(ratings["rating"].max())


def write_rating_set(found: RatingSet, files: Mapping[str, str | Path]) -> None:
    """Write its tables to `files`, by the names in `paths.READ`."""
    users = np.unique(found.ratings["user_id"].to_numpy())
    items = np.sort(found.movies["movie_id"].to_numpy())
    write_columns(files["ratings"], found.ratings)
    write_csv(files["movies"], found.movies)
    write_csv(files["user_names"], _names(users, found.user_names, USER_NAME_COLUMNS))
    write_csv(files["item_names"], _names(items, found.item_names, ITEM_NAME_COLUMNS))
    seen = found.ratings[["user_id", "movie_id"]][:0] if found.seen is None else found.seen
    write_columns(files["seen"], seen.set_axis(list(SEEN_COLUMNS), axis=1))
    write_csv(files["links"], no_links() if found.links is None else found.links)
    write_json(files["reading"], {"scale": list(found.scale), "notes": list(found.notes)})


def _names(
    ids: NDArray[np.int64], names: Mapping[int, str] | None, columns: Sequence[str]
) -> pd.DataFrame:
    named = [names[number] for number in ids] if names else names_of(ids)
    return pd.DataFrame(dict(zip(columns, (ids, named), strict=True)))


def require_variety(ratings: pd.DataFrame, source: Path) -> None:
    """Make sure that there is something to learn.

    Raises:
        UserError: all ratings are equal.
    """
    values = ratings["rating"]
    if len(values) > 1 and (values == values.iloc[0]).all():
        raise UserError(
            f"{source}: each of {len(values):,} ratings is {values.iloc[0]:g}, and from equal "
            "ratings no model can learn who likes what; give ratings that differ"
        )


def require_enough(ratings: pd.DataFrame) -> None:
    """Make sure that models can be compared.

    Raises:
        UserError: too few ratings, users or movies.
    """
    found = {
        "users": ratings["user_id"].nunique(),
        "movies": ratings["movie_id"].nunique(),
        "ratings": len(ratings),
    }
    if any(found[what] < fewest for what, fewest in FEWEST.items()):
        listed, wanted = (
            ", ".join(f"{count:,} {what}" for what, count in counts.items())
            for counts in (found, FEWEST)
        )
        raise UserError(f"{listed}: too few to compare models; at least {wanted} are needed")
