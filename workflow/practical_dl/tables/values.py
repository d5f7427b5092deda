"""Values of a person's table as numbers, times and names."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.tables.words import UNKNOWN

Decimal = Literal[".", ","]
Result = TypeVar("Result")

_COMMA = re.compile(r"[+-]?\d+,\d+")
_THREE_DIGITS = re.compile(r"[+-]?\d{1,3},\d{3}")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
TIME_UNITS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
ISO = "ISO8601"
OLDEST, NEWEST = 157_766_400, 4_102_444_800
"""Seconds that are plausible: of 1975 to 2099."""


def tidy(values: "pd.Series[str]") -> "pd.Series[str]":
    """Without blanks around, in composed Unicode: values that look the same are the same."""
    plain = of_each(values, lambda value: unicodedata.normalize("NFC", value).strip())
    return pd.Series(plain, index=values.index, dtype=str)


def is_unknown(values: "pd.Series[str]") -> "pd.Series[bool]":
    """Which values stand for none, by `UNKNOWN`."""
    unknown = of_each(values, lambda value: value.strip().lower() in UNKNOWN)
    return pd.Series(unknown, index=values.index, dtype=bool)


def of_each(values: "pd.Series[str]", function: Callable[[str], Result]) -> list[Result]:
    """What `function` makes of each value (n,), called once for equal ones.

    Plain lists: pandas takes microseconds for each text that leaves it.
    """
    texts = values.to_numpy(object).tolist()
    results = {text: function(text) for text in dict.fromkeys(texts)}
    return [results[text] for text in texts]


def decimal_mark(values: "pd.Series[str]", where: str) -> Decimal:
    """Whether numbers are written with a point or a comma.

    Raises:
        UserError: every comma stands before three digits, so that 1,234 could be either; `where`
            begins the message.
    """
    distinct = dict.fromkeys(values.to_numpy(object).tolist())
    commas = [value for value in distinct if _COMMA.fullmatch(value.strip())]
    if not commas:
        return "."
    if any("." in value for value in distinct):
        return "."
    if all(_THREE_DIGITS.fullmatch(value.strip()) for value in commas):
        raise UserError(
            f"{where}: {commas[0]!r} can be read in two ways; set `decimal` to ',' or '.'"
        )
    return ","


def numbers(values: "pd.Series[str]", decimal: Decimal = ".") -> NDArray[np.float64]:
    """Values as numbers, NaN where they are none (infinite ones are none)."""

    def number(value: str) -> float:
        plain = value.strip().replace(decimal, ".")
        found = float(plain) if _NUMBER.fullmatch(plain) else math.nan
        return found if math.isfinite(found) else math.nan

    return np.array(of_each(values, number), np.float64)


class Times(NamedTuple):
    """Whole seconds since 1970 (0 where unknown), which values are no time, and what was taken."""

    seconds: NDArray[np.int64]
    wrong: NDArray[np.bool_]
    told: str


def times(values: "pd.Series[str]", where: str, form: str | None = None) -> Times:
    """Times as seconds since 1970, UTC where no zone is given.

    Args:
        form: a unit of `TIME_UNITS`, or a format of `strftime`; None to find it out.

    Raises:
        UserError: the values can be read in two ways or in none; names the key to set.
    """
    form = form or find_time_form([values], where)
    if form in TIME_UNITS:
        return _counted(values, form)
    if form == ISO or "%" in form:
        return _dates(values, form)
    raise UserError(f"{where}: time_format {form!r} is not s, ms, us, ns or a format like %d.%m.%Y")


def find_time_form(blocks: "Iterable[pd.Series[str]]", where: str) -> str:
    """How times are written, by all that are.

    Numbers are seconds, milliseconds, microseconds or nanoseconds, by which of these their
    middle lies between 1975 and 2099. Dates are ISO 8601, or day/month/year or month/day/year, by
    the values in which only one of both is possible.

    Raises:
        UserError: the values can be read in two ways or in none; names the key to set.
    """
    count, medians, numeric = 0, [], 0
    dates: list[re.Match[str]] = []
    for values in blocks:
        values = values[values != ""]
        parsed = numbers(values)
        known = ~np.isnan(parsed)
        count, numeric = count + len(values), numeric + int(known.sum())
        if known.any():
            medians.append(float(np.median(parsed[known])))
        dates = _telling(dates, values[~known])
    return _unit(float(np.median(medians)), where) if 2 * numeric > count else _order(dates, where)


def _unit(middle: float, where: str) -> str:
    for unit, each in TIME_UNITS.items():
        if OLDEST <= middle / each <= NEWEST:
            return unit
    raise UserError(
        f"{where}: {middle:g} is no time in s, ms, us or ns of 1975 to 2099; "
        "set `time_format` to one of these all the same, or to a format like %Y%m%d, "
        "or leave `time` out"
    )


def _counted(values: "pd.Series[str]", unit: str) -> Times:
    seconds = numbers(values) / TIME_UNITS[unit]
    wrong = ~((seconds > -NEWEST) & (seconds < NEWEST))
    return Times(np.asarray(np.where(wrong, 0, seconds), np.int64), wrong, f"times in {unit}")


def _dates(values: "pd.Series[str]", form: str) -> Times:
    distinct = pd.Series(list(dict.fromkeys(values.to_numpy(object).tolist())), dtype=str)
    parsed = pd.to_datetime(distinct.str.strip(), format=form, utc=True, errors="coerce")
    seconds = parsed.fillna(pd.Timestamp(0, tz="UTC")).dt.as_unit("s").astype("int64")
    by_value = dict(zip(distinct, seconds, strict=True))
    wrong = dict(zip(distinct, parsed.isna(), strict=True))
    return Times(
        np.array(of_each(values, by_value.__getitem__), np.int64),
        np.array(of_each(values, wrong.__getitem__), np.bool_),
        f"times as {form}",
    )


def _telling(dates: list[re.Match[str]], values: "pd.Series[str]") -> list[re.Match[str]]:
    """Of dates like 3/4/2017 the first one, and those of the highest first and second part."""
    matches = (_SLASHED.match(value.strip()) for value in dict.fromkeys(values))
    found = dates + [match for match in matches if match]
    parts = ("first", "second")
    return found[:1] + [max(found, key=lambda match: int(match[part])) for part in parts if found]


def _order(dates: list[re.Match[str]], where: str) -> str:
    """ISO 8601, or which of day and month stands first."""
    if not dates:
        return ISO
    mark, rest = dates[0]["mark"], dates[0]["rest"]
    first, second = (max(int(match[part]) for match in dates) for part in ("first", "second"))
    if first <= 12 and second <= 12:
        raise UserError(
            f"{where}: {dates[0][0]!r} can be day/month or month/day; set `time_format` to "
            f"%d{mark}%m{mark}%Y or %m{mark}%d{mark}%Y"
        )
    order = ("%m", "%d") if second > 12 else ("%d", "%m")
    year = "%Y" if len(dates[0]["year"]) == 4 else "%y"
    clock = {0: "", 1: " %H:%M", 2: " %H:%M:%S"}[min(rest.count(":"), 2)]
    return mark.join([*order, year]) + clock


_SLASHED = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?P<rest>\b.*)"
)
_DIGITS = re.compile(r"(\d+)")


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts names as people do: parts of digits by their number (u2 before u10)."""
    parts = _DIGITS.split(name)
    return tuple(
        (0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts if part
    )
