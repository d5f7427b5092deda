"""A person's own table of ratings: who gave what how much, and when.

It is read in blocks, and names become numbers block by block: of millions of rows never more than
the numbers are held.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.ids import LONGEST, Numbering
from practical_dl.tables.mistakes import Mistakes
from practical_dl.tables.reading import open_table, read_blocks
from practical_dl.tables.table import options_of
from practical_dl.tables.values import (
    NEWEST,
    OLDEST,
    TIME_UNITS,
    decimal_mark,
    find_time_form,
    is_unknown,
    numbers,
    of_each,
    tidy,
    times,
)

Settings = Mapping[str, Any]
LONGEST_TIME = 64
MOST_SHARE = 0.3
"""Share of zeros from which on they are suspected to be no ratings."""


@dataclass(frozen=True)
class OwnRatings:
    """The rows that are right.

    Attributes:
        rows: line, user and item (numbers in the lists of names), rating, timestamp (Unix seconds;
            0 without times), in file order.
        users, items: the names by number.
        notes: what was taken for what.
    """

    rows: pd.DataFrame
    users: list[str]
    items: list[str]
    notes: list[str]


@dataclass(frozen=True)
class _Block:
    """Rows as numbers; `times` are still text, in bytes of one width."""

    lines: NDArray[np.int64]
    users: NDArray[np.int32]
    items: NDArray[np.int32]
    ratings: NDArray[np.int32]
    times: NDArray[np.bytes_]


def read_own_ratings(path: Path, table: Settings, mistakes: Mistakes) -> OwnRatings:
    """Read the columns that `table` names; rows with a mistake are told to `mistakes`, left out.

    Raises:
        UserError: the table cannot be read, or in two ways; names the key to set.
    """
    keys = ["user", "item", "rating", *(["time"] if table["time"] else [])]
    named = {key: str(table[key]) for key in keys}
    opened = open_table(path, options_of(table["format"]), named.values())
    users, items, ratings = Numbering(), Numbering(), Numbering()
    blocks = []
    for values in read_blocks(opened, named, mistakes):
        rows = _named_rows(values, named, mistakes)
        blocks.append(
            _Block(
                rows.index.to_numpy(np.int64),
                users.take(rows["user"]),
                items.take(rows["item"]),
                ratings.take(rows["rating"]),
                _as_bytes(rows["time"]) if "time" in rows else np.empty(0, "S"),
            )
        )
    if not any(len(block.lines) for block in blocks) and not mistakes.found:
        raise UserError(f"{path}: a header and no rows")
    notes = [f"{path.name} {opened.note}"]
    found = pd.DataFrame(
        {
            "line": _joined([block.lines for block in blocks], np.int64),
            "user": _joined([block.users for block in blocks], np.int32),
            "item": _joined([block.items for block in blocks], np.int32),
        }
    )
    codes = _joined([block.ratings for block in blocks], np.int32)
    found["rating"], good = _ratings(path, found["line"], codes, ratings.names, table, mistakes)
    found["timestamp"] = 0
    if table["time"]:
        found["timestamp"], timed, told = _timestamps(path, blocks, table, mistakes)
        good = good & timed
        notes.append(told)
    return OwnRatings(found[good].reset_index(drop=True), users.names, items.names, notes)


def zeros_told(ratings: "pd.Series[float]", implicit: float | None) -> list[str]:
    """A line where many ratings are 0 and may be none at all."""
    share = float((ratings == 0).mean())
    if implicit is not None or share < MOST_SHARE or ratings.min() < 0:
        return []
    return [
        f"{share:.0%} of the ratings are 0, which was taken for a rating; if it means seen and not "
        "rated, set implicit: 0"
    ]


def _joined(parts: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *parts]) if parts else np.empty(0, kind)


def _named_rows(values: pd.DataFrame, named: Mapping[str, str], mistakes: Mistakes) -> pd.DataFrame:
    """The rows with a user and an item, both tidy."""
    good = pd.Series(True, index=values.index)
    for key in ("user", "item"):
        values[key] = tidy(values[key])
        wrong = is_unknown(values[key])
        long = values[key].str.len() > LONGEST
        wanted = f"an id of at most {LONGEST} characters"
        mistakes.add_values(values[key][wrong], named[key], f"the id of the {key}")
        mistakes.add_values(values[key][long], named[key], wanted)
        good &= ~(wrong | long)
    return values[good]


def _ratings(
    path: Path,
    lines: "pd.Series[int]",
    codes: NDArray[np.int32],
    texts: list[str],
    table: Settings,
    mistakes: Mistakes,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The rating of each row (n,), and whether it is a number on the scale or `implicit`: (n,)."""
    distinct = pd.Series(texts, dtype=str)
    decimal = table["format"]["decimal"] or decimal_mark(distinct, f"{path}: {table['rating']}")
    parsed = numbers(distinct, decimal)
    good = ~np.isnan(parsed)
    wanted = "a number"
    if table["scale"] is not None:
        low, high = table["scale"]
        on_scale = (parsed >= low) & (parsed <= high)
        good &= on_scale if table["implicit"] is None else on_scale | (parsed == table["implicit"])
        wanted = f"a number from {low:g} to {high:g}"
    wrong = ~good[codes] if len(codes) else np.zeros(0, bool)
    shown = pd.Series(distinct.to_numpy()[codes[wrong]], index=lines[wrong], dtype=str)
    mistakes.add_values(shown, table["rating"], wanted)
    return parsed[codes], ~wrong


def _timestamps(
    path: Path, blocks: Sequence[_Block], table: Settings, mistakes: Mistakes
) -> tuple[NDArray[np.int64], NDArray[np.bool_], str]:
    """Seconds since 1970 of each row (n,), whether it is a time (n,), and what was taken."""
    where, given = f"{path}: {table['time']}", table["time_format"]
    form = given or find_time_form(_texts(blocks), where)
    wanted = f"a time ({form})" + ("" if given else "; set time_format, or leave `time` out")
    seconds, good = [], []
    for block, values in zip(blocks, _texts(blocks), strict=True):
        found = times(values, where, form)
        wrong = found.wrong
        if given is None and form in TIME_UNITS:
            wrong = wrong | (found.seconds < OLDEST) | (found.seconds > NEWEST)
        mistakes.add_values(values[wrong].set_axis(block.lines[wrong]), table["time"], wanted)
        seconds.append(found.seconds)
        good.append(~wrong)
    return (
        _joined(seconds, np.int64),
        _joined(good, np.bool_),
        f"times ({table['time']}) taken as {form}; time_format says otherwise",
    )


def _as_bytes(values: "pd.Series[str]") -> NDArray[np.bytes_]:
    return np.array(of_each(values, lambda value: value[:LONGEST_TIME].encode()), "S")


def _texts(blocks: Sequence[_Block]) -> "Iterator[pd.Series[str]]":
    for block in blocks:
        yield pd.Series([value.decode() for value in block.times.tolist()], dtype=str)
