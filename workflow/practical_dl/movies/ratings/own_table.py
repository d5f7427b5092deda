"""Ratings of any kind in a person's own tables: the door beside MovieLens'."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.ids import whole_ids
from practical_dl.movies.ratings.own_items import read_own_items
from practical_dl.movies.ratings.own_ratings import OwnRatings, read_own_ratings, zeros_told
from practical_dl.movies.ratings.rating_set import (
    RatingSet,
    Scale,
    rating_scale,
    require_variety,
)
from practical_dl.tables.mistakes import Mistakes, mistakes_table

Settings = Mapping[str, Any]
Ids = NDArray[np.int64]
UNUSED = -1
"""The id of a name without a row that counts."""

NARROWEST, WIDEST = 2.0, 10.0
"""Lowest to highest rating, for which the defaults of the models are made."""

WITHOUT_TIME = "without `time`: no models that know the time of rating, and no splits by it"
WITHOUT_GENRES = "without `items.genres`: no models that know content, and no study of it"
NO_ITEMS = pd.DataFrame({"name": [], "title": [], "year": [], "genres": []}, dtype=str)


class OwnSet(NamedTuple):
    """The ratings, and what is wrong with rows left out: file, line, column, value, wanted."""

    ratings: RatingSet
    dropped: pd.DataFrame


def read_own_table(path: Path, items_path: Path | None, table: Settings) -> OwnSet:
    """Read ratings, and items where there is a table of them.

    Args:
        table: the section `source.table` of the configuration; its paths are not used.

    Raises:
        UserError: a table cannot be read, or in two ways; or nothing can be learned from it.
        RowsError: rows are wrong, and not to be dropped.
    """
    mistakes = Mistakes(path)
    own = read_own_ratings(path, table, mistakes)
    notes = [*own.notes]
    is_seen = own.rows["rating"] == table["implicit"]
    rows = _once_each(own, own.rows[~is_seen], table, mistakes, notes)
    dropped = [_settled(mistakes, table, notes)]
    _require_ratings(path, rows, table)
    notes += zeros_told(rows["rating"], table["implicit"])
    items = NO_ITEMS
    if items_path is not None:
        wrong = Mistakes(items_path)
        found = read_own_items(items_path, table["items"], wrong)
        items, notes = found.table, [*notes, *found.notes]
        dropped.append(_settled(wrong, table, notes))
        _require_known(own, rows, items, items_path, notes)
    if items_path is None or table["items"]["genres"] is None:
        items = items[items["name"].isin(_names_in(own.items, rows["item"]))]
        notes.append(WITHOUT_GENRES)
    notes += [] if table["time"] else [WITHOUT_TIME]
    ratings = _numbered(own, rows, items, own.rows[is_seen], notes)
    scale = _scale(rows, table, notes)
    notes += _width_told(scale)
    return OwnSet(
        ratings._replace(scale=scale, notes=[ratings.note, *notes]),
        pd.concat(dropped, ignore_index=True),
    )


def _once_each(
    own: OwnRatings, rows: pd.DataFrame, table: Settings, mistakes: Mistakes, notes: list[str]
) -> pd.DataFrame:
    """Each pair of user and item once: the last by time; ratings that differ are mistakes."""
    pairs = rows["user"].astype("int64") * len(own.items) + rows["item"]
    again = pairs.duplicated(keep=False)
    if not again.any():
        return rows
    twice = rows[again].assign(pair=pairs[again])
    latest = twice[twice["timestamp"] == twice.groupby("pair")["timestamp"].transform("max")]
    if len(latest) < len(twice):
        anew = len(twice) - len(latest)
        notes.append(f"{anew:,} ratings were given anew later, and the later ones count")
    once = latest.drop_duplicates(["pair", "rating"])
    if len(once) < len(latest):
        notes.append(f"{len(latest) - len(once):,} rows repeat a rating: taken once")
    differ = once[once.duplicated("pair", keep=False)]
    column, at_once = f"{table['user']}, {table['item']}", " at a time" if table["time"] else ""
    for line, user, item in differ[["line", "user", "item"]].itertuples(index=False):
        name = f"{own.users[user]}, {own.items[item]}"
        mistakes.add(line, column, name, f"one rating of a pair{at_once}; others differ")
    return rows.drop(index=twice.index.difference(once.index).union(differ.index))


def _settled(mistakes: Mistakes, table: Settings, notes: list[str]) -> pd.DataFrame:
    """The rows to leave out, with their file; or they are refused."""
    lines = mistakes.settle(table["on_bad_rows"])
    if lines:
        notes.append(f"{len(lines):,} rows of {mistakes.path.name} were left out: dropped_rows.csv")
    found = mistakes_table(mistakes.found)
    found.insert(0, "file", mistakes.path.name)
    return found


def _require_ratings(path: Path, rows: pd.DataFrame, table: Settings) -> None:
    if rows.empty:
        raise UserError(f"{path}: no row is a rating; look at rating, implicit and on_bad_rows")
    require_variety(rows, path)
    times = rows["timestamp"]
    if table["time"] and len(rows) > 1 and (times == times.iloc[0]).all():
        raise UserError(
            f"{path}: {table['time']}: every rating has the same time, so nothing is known of "
            "it; remove the key `time`"
        )


def _require_known(
    own: OwnRatings, rows: pd.DataFrame, items: pd.DataFrame, path: Path, notes: list[str]
) -> None:
    """Tell how many rated items have no row; it is the wrong column if none has one."""
    rated = _names_in(own.items, rows["item"])
    absent = set(rated) - set(items["name"])
    if len(absent) == len(rated):
        raise UserError(
            f"{path}: no item that is rated stands in it (rated: {rated[0]!r}, here: "
            f"{items['name'].iloc[0]!r}); is items.item the right column?"
        )
    if absent:
        notes.append(
            f"{len(absent):,} of {len(rated):,} rated items are not in {path.name}; their id is "
            "their title"
        )


def _numbered(
    own: OwnRatings, rows: pd.DataFrame, items: pd.DataFrame, seen: pd.DataFrame, notes: list[str]
) -> RatingSet:
    """Everything with whole numbers for ids; `scale` is not known here."""
    users, user_names = _ids(own.users, _names_in(own.users, rows["user"]))
    rated = _names_in(own.items, rows["item"])
    item_ids, item_names = _ids(own.items, list(dict.fromkeys([*rated, *items["name"]])))
    for what, names in (("users", user_names), ("items", item_names)):
        if any(str(number) != name for number, name in names.items()):
            notes.append(f"{what} are numbered in the order of their names: {what}.csv")
        alike = len(names) - len({name.casefold() for name in names.values()})
        if alike:
            notes.append(f"{what} that differ from another by case alone: {alike:,}, kept apart")
    ratings = pd.DataFrame(
        {
            "user_id": users[rows["user"]],
            "movie_id": item_ids[rows["item"]],
            "rating": rows["rating"].to_numpy(np.float64),
            "timestamp": rows["timestamp"].to_numpy(np.int64),
        }
    )
    note = (
        f"{len(rows):,} ratings by {len(user_names):,} users of {len(rated):,} items; "
        f"{len(item_names):,} items in all"
    )
    return RatingSet(
        ratings,
        _movies(item_names, items),
        note,
        (0.0, 0.0),
        user_names=user_names,
        item_names=item_names,
        seen=_seen(seen, ratings, users, item_ids, notes),
    )


def _names_in(names: list[str], numbers: "pd.Series[int]") -> list[str]:
    return [names[number] for number in np.unique(numbers)]


def _ids(names: list[str], used: list[str]) -> tuple[Ids, dict[int, str]]:
    """The id of each of `names` (n,), `UNUSED` where it is not used; and the names by id."""
    ids = dict(zip(used, whole_ids(used).tolist(), strict=True))
    by_number = np.array([ids.get(name, UNUSED) for name in names], np.int64)
    return by_number, {number: name for name, number in ids.items()}


def _movies(names: Mapping[int, str], items: pd.DataFrame) -> pd.DataFrame:
    """movie_id, title (the id where there is none), year, genres, by ascending id."""
    by_id = pd.DataFrame({"movie_id": sorted(names)})
    by_id["name"] = by_id["movie_id"].map(names)
    movies = by_id.merge(items, "left", "name", validate="one_to_one")
    titles, genres = movies["title"].fillna(""), movies["genres"].fillna("")
    movies["title"] = titles.where(titles != "", movies["name"])
    return movies.assign(year=movies["year"].astype("Int64"), genres=genres).drop(columns="name")


def _seen(
    rows: pd.DataFrame, ratings: pd.DataFrame, users: Ids, items: Ids, notes: list[str]
) -> pd.DataFrame:
    """user_id, movie_id of the pairs that were seen and not rated, of users and items that are."""
    if rows.empty:
        return rows[["user", "item"]].set_axis(["user_id", "movie_id"], axis=1).astype("int64")
    pairs = pd.DataFrame({"user_id": users[rows["user"]], "movie_id": items[rows["item"]]})
    known = pairs[(pairs != UNUSED).all(axis=1)].drop_duplicates()
    both = known.merge(ratings[["user_id", "movie_id"]], "left", indicator=True)
    unrated = both[both["_merge"] == "left_only"].drop(columns="_merge")
    notes.append(
        f"{len(rows):,} rows say seen and not rated; {len(unrated):,} of these pairs are kept, "
        "so that they are not recommended"
    )
    return unrated.sort_values(["user_id", "movie_id"], ignore_index=True)


def _width_told(scale: Scale) -> list[str]:
    """A line where the scale is far from the stars that rates and priors are made for."""
    width = scale[1] - scale[0]
    if NARROWEST <= width <= WIDEST:
        return []
    return [
        f"the defaults of lesson and bayes are made for scales like 1 to 5: on one of {width:g} "
        "from end to end divide or multiply the ratings, or set the rates of lesson anew"
    ]


def _scale(ratings: pd.DataFrame, table: Settings, notes: list[str]) -> Scale:
    if table["scale"] is not None:
        low, high = table["scale"]
        return float(low), float(high)
    low, high = rating_scale(ratings)
    notes.append(
        f"the scale was taken from the ratings: {low:g} to {high:g}; set scale if others can be "
        "given"
    )
    return low, high
