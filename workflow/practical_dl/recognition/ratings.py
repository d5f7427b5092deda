"""Ratings: the releases of MovieLens, and tables of users, items and ratings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from practical_dl.job.errors import UserError, counted, named
from practical_dl.recognition.column_names import column_for, form, is_called
from practical_dl.recognition.columns import Column, columns_of, is_finite, rows_told
from practical_dl.recognition.finding import (
    Answer,
    Finding,
    Refusal,
    drop_rows,
    first_finding,
)
from practical_dl.recognition.place import Place
from practical_dl.recognition.tree import joined
from practical_dl.tables.starts import Start

RELEASES = (("u.data", "u.item"), ("ratings.dat", "movies.dat"), ("ratings.csv", "movies.csv"))
MOVIELENS = ["userId", "movieId", "rating", "timestamp"]
ONE_PERSON = (
    {"letterboxduri", "rating"},
    {"const", "yourrating"},
)
"""Columns of what Letterboxd and IMDb export of one person."""

HEADERLESS = ("user", "item", "rating", "timestamp")
MOST_STEPS = 101
MOST_BESIDE = 20
"""Tables beside the ratings that are looked into for the items."""

FEWEST_OF_MATRIX = 8
MATRIX_VALUES = frozenset(step / 2 for step in range(21))
"""What stands in a table of users by items: ratings up to 10, in halves."""

SOME = 0.1
"""Share of zeros from which it is asked whether they are ratings."""

OFTEN = 0.3
"""Share of zeros, in a scale that begins above one, from which they are taken for 'seen'."""


def find_ratings(place: Place) -> Answer:
    """A data set of ratings, or why a table of ratings is none to learn from."""
    release = _find_release(place)
    if release is not None:
        return release
    return first_finding(_find_table(place, *table) for table in place.open_tables(place.tables))


def _find_release(place: Place) -> Finding | None:
    """A release of MovieLens in the folder or archive, or in a folder in it."""
    if place.main:
        folders = [""] if place.main in {ratings for ratings, _ in RELEASES} else []
    elif place.is_packed:
        folders = [path for path in place.tree.folders if path.count("/") == 0]
    else:
        inside = sorted(one.name for one in place.root.iterdir() if one.is_dir())
        folders = ["", *(name for name in inside if not name.startswith("."))]
    for folder in folders:
        names = set(_names(place, folder))
        for ratings, movies in RELEASES:
            if {ratings, movies} <= names and _is_movielens(place, joined(folder, ratings)):
                source = {"movielens": {"path": place.written()}}
                finding = Finding("movies", "a release of MovieLens", source)
                finding.taken.append(f"{joined(folder, ratings)}, {movies}: a MovieLens release")
                return finding
    return None


def _names(place: Place, folder: str) -> list[str]:
    if place.is_packed:
        return place.tree.others(folder)
    try:
        return [one.name for one in (place.root / folder).iterdir()]
    except OSError:
        return []


def _is_movielens(place: Place, name: str) -> bool:
    if place.is_packed or not name.endswith(".csv"):
        return True
    start = place.table(name)
    return start is not None and list(start.columns) == MOVIELENS


def _find_table(place: Place, name: str, start: Start) -> Answer:
    start, headers = _with_header(start)
    columns = columns_of(start)
    by_name = [column.name for column in columns]
    if any(one <= {form(column) for column in by_name} for one in ONE_PERSON):
        return Refusal(
            f"{name}: the ratings of one person, no set to learn from; after a run on MovieLens "
            "`practical-dl recommend --ratings FILE` recommends by them"
        )
    found = _roles(columns)
    if found is None:
        return _near_ratings(name, columns)
    if isinstance(found, Refusal):
        return Refusal(f"{name}: {found.reason}")
    settings: dict[str, Any] = {"path": place.written(name)}
    settings |= {purpose: column.name for purpose, column in found.items()}
    finding = Finding("movies", f"ratings of {name}", {"table": settings})
    finding.taken.append(f"{name}: {start.note}")
    if headers:
        settings["format"] = {"columns": headers}
        finding.unsure.append(
            f"no header: columns taken for {', '.join(headers)} (format: columns)"
        )
    elif not all(is_called(purpose, column.name) for purpose, column in found.items()):
        shown = ", ".join(f"{purpose}: {column.name}" for purpose, column in found.items())
        finding.unsure.append(f"taken by what the columns hold: {shown}")
    if start.sheet:
        settings.setdefault("format", {})["sheet"] = start.sheet
    _tell_sizes(start, found, finding, settings)
    _drop_bad_rows(start, found, finding, settings)
    _add_items(place, name, found["item"], finding, settings)
    return finding


def _near_ratings(name: str, columns: Sequence[Column]) -> Refusal | None:
    """A table of users by items, which is no list of ratings."""
    numeric = [column for column in columns if column.numbers is not None]
    if len(columns) < FEWEST_OF_MATRIX or len(numeric) < 0.8 * len(columns):
        return None
    if {number for column in numeric for number in column.numbers or ()} - MATRIX_VALUES:
        return None
    return Refusal(
        f"{name}: looks like a table with a column for each item ({len(numeric)} columns of whole "
        "or half numbers to 10): one row a rating is needed, with the columns user, item, rating"
    )


def _with_header(start: Start) -> tuple[Start, list[str]]:
    """The table; where its first row is data, under invented names, which are returned too."""
    names = list(start.columns)
    if len(names) not in (3, 4) or not is_finite(names[2]):
        return start, []
    if any(is_called(purpose, name) for purpose in ("user", "item", "rating") for name in names):
        return start, []
    invented = list(HEADERLESS[: len(names)])
    return replace(start, columns=invented, rows=[names, *start.rows]), invented


def _roles(columns: Sequence[Column]) -> dict[str, Column] | Refusal | None:
    """The columns of user, item, rating and time; None if these are no ratings."""
    known = {column.name: column for column in columns}
    roles: dict[str, Column] = {}
    for purpose in ("user", "rating", "item", "time"):
        free = [name for name in known if known[name] not in roles.values()]
        name = column_for(purpose, [one for one in free if _fits(purpose, known[one])])
        if name is not None:
            roles[purpose] = known[name]
    if "user" in roles and "item" in roles and "rating" not in roles:
        rest = [column for column in columns if column not in roles.values()]
        scores = [column for column in rest if _fits("rating", column)]
        written = next((one for one in rest if is_called("rating", one.name) and one.values), None)
        if written is not None and written.numbers is None:
            return Refusal(
                f"{written.name!r} holds {written.values[0]!r}, which is no number; write the "
                "ratings as numbers"
            )
        if len(scores) == 1 and is_called("amount", scores[0].name):
            return Refusal(
                f"{scores[0].name!r} holds amounts, not ratings: who took how much of what is not "
                "supported; if these are ratings, call the column rating"
            )
        if len(scores) != 1:
            return Refusal(
                f"users ({roles['user'].name!r}) and items ({roles['item'].name!r}), but no column "
                "of ratings: who took what, without a rating, is not supported"
            )
        roles["rating"] = scores[0]
    if "rating" in roles and "item" in roles and "user" not in roles:
        ids = [
            column
            for column in columns
            if column not in roles.values() and _fits("user", column) and not column.is_time
        ]
        if len(ids) != 1 or ids[0].share_distinct > 0.9:
            return None
        roles["user"] = ids[0]
    if not {"user", "item", "rating"} <= set(roles):
        return None
    return {
        purpose: roles[purpose]
        for purpose in ("user", "item", "rating", "time")
        if purpose in roles
    }


def _fits(purpose: str, column: Column) -> bool:
    match purpose:
        case "rating":
            return column.numbers is not None and 2 <= len(column.counts) <= MOST_STEPS
        case "time":
            return column.is_time
        case _:
            return len(column.counts) > 1 and not column.is_text


def _tell_sizes(
    start: Start, found: dict[str, Column], finding: Finding, settings: dict[str, Any]
) -> None:
    users, items = len(found["user"].counts), len(found["item"].counts)
    where = rows_told(start)
    finding.taken.append(f"{users:,} users and {items:,} items ({where})")
    numbers = sorted(set(found["rating"].numbers or ()))
    zeros = (found["rating"].numbers or []).count(0) / max(len(found["rating"].values), 1)
    if numbers[0] == 0 and len(numbers) > 2 and numbers[1] >= 1 and zeros >= OFTEN:
        settings["implicit"] = 0
        finding.unsure.append(
            f"{zeros:.0%} of the ratings are 0: taken for 'seen, not rated' (implicit: 0); take "
            "the key out if 0 is the worst rating"
        )
        numbers = numbers[1:]
    elif numbers[0] == 0 and len(numbers) > 2 and zeros >= SOME:
        finding.unsure.append(
            f"{zeros:.0%} of the ratings are 0, taken for ratings; if 0 means not rated, set "
            "implicit: 0"
        )
    finding.taken.append(f"ratings: {len(numbers)} values from {numbers[0]:g} to {numbers[-1]:g}")
    finding.unsure.append(
        f"the scale is taken from the data; if ratings beyond {numbers[0]:g} and {numbers[-1]:g} "
        "are possible, set scale: [lowest, highest]"
    )
    if "time" not in found:
        finding.taken.append("no column looks like a time: no models of time (`time`)")
    elif len(found["time"].counts) < 2:
        del settings["time"]
        finding.unsure.append(f"{found['time'].name!r} is always the same: left out")
    else:
        _add_time(found["time"], finding, settings)


def _add_time(column: Column, finding: Finding, settings: dict[str, Any]) -> None:
    """Tell how times are read, or leave them out where they can be read in two ways."""
    import pandas as pd

    from practical_dl.tables.values import times

    try:
        found = times(pd.Series(column.values, dtype=str), f"`time`, column {column.name!r}")
    except UserError as error:
        del settings["time"]
        finding.unsure.append(f"{error}; left out")
        return
    known = pd.to_datetime(found.seconds[~found.wrong], unit="s")
    finding.taken.append(f"{found.told}: {known.min():%Y-%m-%d} to {known.max():%Y-%m-%d}")


def _drop_bad_rows(
    start: Start, found: dict[str, Column], finding: Finding, settings: dict[str, Any]
) -> None:
    """Have rows left out that the source would refuse: without a value, or of a pair again."""
    unknown = max(found[purpose].unknown for purpose in ("user", "item", "rating"))
    if unknown:
        drop_rows(unknown, "a user, an item or a rating", finding, settings)
    if "time" not in settings:
        places = [list(start.columns).index(found[key].name) for key in ("user", "item", "rating")]
        given = {tuple(row[place].strip() for place in places) for row in start.rows}
        differ = sum(count > 1 for count in Counter(pair[:2] for pair in given).values())
        if differ:
            settings["on_bad_rows"] = "drop"
            finding.unsure.append(
                f"{counted(differ, 'pair')} of user and item with several ratings: all of them "
                "left out and listed (on_bad_rows: drop)"
            )


def _add_items(
    place: Place, name: str, item: Column, finding: Finding, settings: dict[str, Any]
) -> None:
    """A table beside the ratings in which the items have titles."""
    for other in place.beside()[:MOST_BESIDE]:
        start = None if other == name else place.table(other)
        columns = columns_of(start) if start else []
        same = [column for column in columns if form(column.name) == form(item.name)]
        if (
            not same
            or same[0].share_distinct < 0.95
            or "rating" in map(form, start.columns if start else ())
        ):
            continue
        names = [column.name for column in columns if column is not same[0]]
        items = {"path": place.written(other), "item": same[0].name}
        for purpose in ("title", "year", "genres"):
            column = column_for(purpose, [one for one in names if is_called(purpose, one)])
            if column is not None and column not in items.values():
                items[purpose] = column
        if len(items) > 2:
            settings["items"] = items
            shown = named(f"{key}: {value}" for key, value in items.items() if key != "path")
            finding.taken.append(f"{other}: the items; {shown}")
            return
    finding.taken.append(
        "no table beside it has titles of the items: their ids are shown (`items`)"
    )
