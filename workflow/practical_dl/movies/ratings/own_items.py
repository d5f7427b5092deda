"""A person's own table of items: titles, years, genres."""

import html
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.ids import plain_name
from practical_dl.tables.mistakes import Mistakes
from practical_dl.tables.reading import open_table, read_whole
from practical_dl.tables.table import options_of
from practical_dl.tables.values import is_unknown, numbers, tidy

Settings = Mapping[str, Any]
SEPARATORS = ("|", ";", ",")
MOST_GENRES = 100
YEARS = (1000, 2100)
"""The earliest and the latest year that a number may be."""

_YEAR_INSIDE = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_YEAR_IN_TITLE = r".*\((\d{4})(?:[-\u2013]\d{0,4})?\)"
_NO_GENRES = "(no genres listed)"


@dataclass(frozen=True)
class OwnItems:
    """`table`: name, title ('' where none), year (Int64), genres ('|' between); and `notes`."""

    table: pd.DataFrame
    notes: list[str]


def read_own_items(path: Path, items: Settings, mistakes: Mistakes) -> OwnItems:
    """Read the columns that `items` names; rows with a mistake are told to `mistakes`, left out.

    Raises:
        UserError: the table cannot be read.
    """
    named = {key: str(items[key]) for key in ("item", "title", "year", "genres") if items[key]}
    opened = open_table(path, options_of(items["format"]), named.values())
    values = read_whole(opened, named, mistakes)
    values["item"] = tidy(values["item"]).map(plain_name)
    notes = [f"{path.name} {opened.note}"]
    values = _once_each(values, named["item"], mistakes, notes)
    table = pd.DataFrame({"name": values["item"]})
    table["title"] = _titles(values["title"], notes) if "title" in values else ""
    if "year" in values:
        table["year"] = _years(values["year"], named["year"], notes)
    else:
        table["year"] = _years_of_titles(table["title"], notes)
    table["genres"] = (
        _genres(values["genres"], f"{path}: {named['genres']}", notes) if "genres" in values else ""
    )
    return OwnItems(table.reset_index(drop=True), notes)


def _once_each(
    values: pd.DataFrame, column: str, mistakes: Mistakes, notes: list[str]
) -> pd.DataFrame:
    """The rows with an id of their own; rows that are wholly alike count once."""
    unknown = is_unknown(values["item"])
    mistakes.add_values(values["item"][unknown], column, "the id of the item")
    known = values[~unknown]
    kept = known[~known.duplicated()]
    if len(kept) < len(known):
        notes.append(f"{len(known) - len(kept):,} rows of items stand there twice, word for word")
    again = kept["item"].duplicated()
    first = pd.Series(kept.index, index=kept["item"])[~again.to_numpy()]
    for line, name in kept["item"][again].items():
        mistakes.add(int(str(line)), column, name, f"each item once; line {first[name]} has it too")
    return kept[~kept["item"].duplicated(keep=False)]


def _titles(values: "pd.Series[str]", notes: list[str]) -> "pd.Series[str]":
    """In one line each, `&amp;` and its like as the characters that they stand for."""
    plain = tidy(values).map(lambda title: " ".join(html.unescape(title).split()))
    changed = int(values.str.contains(r"&#?\w+;", regex=True).sum())
    if changed:
        notes.append(f"{changed:,} titles have signs written as in HTML (&amp;), which were read")
    return plain


def _years(values: "pd.Series[str]", column: str, notes: list[str]) -> "pd.Series[int]":
    """Whole years, or those inside a date; <NA> where unknown, 0 or not readable."""
    parsed = pd.Series(numbers(values), index=values.index)
    inside = values.str.extract(_YEAR_INSIDE, expand=False).where(parsed.isna())
    years = parsed.fillna(pd.to_numeric(inside))
    good = years.between(*YEARS) & (years % 1 == 0)
    unread = ~good & ~is_unknown(values) & (years != 0)
    if unread.any():
        line, value = next(iter(values[unread].items()))
        notes.append(
            f"{unread.sum():,} values of {column} are no year and count as unknown, the first in "
            f"line {line}: {value[:60]!r}"
        )
    return years.where(good).astype("Int64")


def _years_of_titles(titles: "pd.Series[str]", notes: list[str]) -> "pd.Series[int]":
    years = titles.str.extract(_YEAR_IN_TITLE, expand=False).astype("Int64")
    if years.notna().any():
        notes.append(f"{years.notna().sum():,} years were taken from titles like 'Heat (1995)'")
    return years


def _genres(values: "pd.Series[str]", where: str, notes: list[str]) -> "pd.Series[str]":
    """Genres with '|' between them, the most frequent ones only.

    Raises:
        UserError: there are none; `where` begins the message.
    """
    plain = tidy(values).map(lambda text: html.unescape(text.strip("[]")))
    plain = plain.where(~is_unknown(plain) & (plain != _NO_GENRES), "")
    shares = {mark: int(plain.str.contains(mark, regex=False).sum()) for mark in SEPARATORS}
    mark = max(SEPARATORS, key=lambda one: shares[one])
    if shares[mark]:
        notes.append(f"genres are separated by {mark!r}, as in {shares[mark]:,} rows")
        parts = plain.str.split(mark)
    else:
        notes.append("each item has one genre: none of | ; , stands between any")
        parts = plain.map(lambda text: [text])
    lists = parts.map(_clean)
    if not lists.map(len).any():
        raise UserError(f"{where}: no item has a genre; remove the key `genres`")
    counts = Counter(genre for genres in lists for genre in genres)
    kept = {genre for genre, _ in counts.most_common(MOST_GENRES)}
    if len(counts) > MOST_GENRES:
        notes.append(f"of {len(counts):,} genres the {MOST_GENRES} most frequent are used")
    return lists.map(lambda genres: "|".join(genre for genre in genres if genre in kept))


def _clean(genres: list[str]) -> list[str]:
    """Each genre once, without blanks and quotes around it."""
    plain = (genre.strip().strip("'\"").replace("|", "/").strip() for genre in genres)
    return list(dict.fromkeys(genre for genre in plain if genre))
