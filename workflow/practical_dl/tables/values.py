"""Values of a person's table as numbers, times and names."""

import re
import unicodedata
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.tables.words import UNKNOWN

Decimal = Literal[".", ","]

_COMMA = re.compile(r"[+-]?\d+,\d+")
_THREE_DIGITS = re.compile(r"[+-]?\d{1,3},\d{3}")
_NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
TIME_UNITS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_OLDEST, _NEWEST = 157_766_400, 4_102_444_800
"""Seconds that are plausible: of 1975 to 2099."""


def tidy(values: "pd.Series[str]") -> "pd.Series[str]":
    """Without blanks around, in composed Unicode: values that look the same are the same."""
    distinct = {value: unicodedata.normalize("NFC", value).strip() for value in set(values)}
    return values.map(distinct).astype(str)


def is_unknown(values: "pd.Series[str]") -> "pd.Series[bool]":
    """Which values stand for none, by `UNKNOWN`."""
    distinct = {value: value.strip().lower() in UNKNOWN for value in set(values)}
    return values.map(distinct).astype(bool)


def decimal_mark(values: "pd.Series[str]", where: str) -> Decimal:
    """Whether numbers are written with a point or a comma.

    Raises:
        UserError: every comma stands before three digits, so that 1,234 could be either; `where`
            begins the message.
    """
    commas = [value for value in set(values) if _COMMA.fullmatch(value.strip())]
    if not commas:
        return "."
    points = any("." in value for value in set(values))
    if points:
        return "."
    if all(_THREE_DIGITS.fullmatch(value.strip()) for value in commas):
        raise UserError(
            f"{where}: {commas[0]!r} can be read in two ways; set `decimal` to ',' or '.'"
        )
    return ","


def numbers(values: "pd.Series[str]", decimal: Decimal = ".") -> NDArray[np.float64]:
    """Values as numbers, NaN where they are none (infinite ones are none)."""
    distinct = pd.Series(list(set(values)), dtype=str)
    plain = distinct.str.strip()
    if decimal == ",":
        plain = plain.str.replace(",", ".", regex=False)
    good = plain.str.fullmatch(_NUMBER)
    parsed = pd.to_numeric(plain.where(good), errors="coerce").replace([np.inf, -np.inf], np.nan)
    table = dict(zip(distinct, parsed, strict=True))
    return values.map(table).to_numpy(np.float64)


class Times(NamedTuple):
    """Whole seconds since 1970 (0 where unknown), which values are no time, and what was taken."""

    seconds: NDArray[np.int64]
    wrong: NDArray[np.bool_]
    told: str


def times(values: "pd.Series[str]", where: str, form: str | None = None) -> Times:
    """Times as seconds since 1970, UTC where no zone is given.

    Numbers are seconds, milliseconds, microseconds or nanoseconds, by which of these all of them
    lie between 1975 and 2099. Dates are ISO 8601, or day/month/year or month/day/year, by the
    values in which only one of both is possible.

    Args:
        form: a unit of `TIME_UNITS`, or a format of `strftime`; None to find it out.

    Raises:
        UserError: the values can be read in two ways or in none; names the key to set.
    """
    if form is not None and "%" in form:
        return _dates(values, form, form)
    parsed = numbers(values)
    if np.isnan(parsed).mean() < 0.5:
        return _counted(parsed, where, form)
    return _dates(values, _date_format(values, where), "")


def _counted(parsed: NDArray[np.float64], where: str, form: str | None) -> Times:
    wrong = np.isnan(parsed)
    known = parsed[~wrong]
    if form is None:
        middle = float(np.median(known))
        fitting = [unit for unit, each in TIME_UNITS.items() if _OLDEST <= middle / each <= _NEWEST]
        if not fitting:
            raise UserError(
                f"{where}: {middle:g} is no time in s, ms, us or ns of 1975 to 2099; "
                "set `time_format` to one of these all the same, or to a format like %Y%m%d, "
                "or leave `time` out"
            )
        form = fitting[0]
    if form not in TIME_UNITS:
        raise UserError(
            f"{where}: time_format {form!r} is not s, ms, us, ns or a format like %d.%m.%Y"
        )
    seconds = parsed / TIME_UNITS[form]
    wrong |= ~((seconds > -_NEWEST) & (seconds < _NEWEST))
    return Times(np.asarray(np.where(wrong, 0, seconds), np.int64), wrong, f"times in {form}")


def _dates(values: "pd.Series[str]", form: str, told: str) -> Times:
    distinct = pd.Series(list(set(values)), dtype=str)
    parsed = pd.to_datetime(distinct.str.strip(), format=form, utc=True, errors="coerce")
    seconds = parsed.fillna(pd.Timestamp(0, tz="UTC")).dt.as_unit("s").astype("int64")
    by_value = dict(zip(distinct, seconds, strict=True))
    wrong = dict(zip(distinct, parsed.isna(), strict=True))
    return Times(
        values.map(by_value).to_numpy(np.dtype("int64")),
        values.map(wrong).to_numpy(np.bool_),
        f"times as {told or form}",
    )


def _date_format(values: "pd.Series[str]", where: str) -> str:
    """ISO 8601, or which of day and month stands first."""
    sample = [value.strip() for value in set(values)]
    matches = [match for value in sample if (match := _SLASHED.match(value))]
    if not matches:
        return "ISO8601"
    mark, rest = matches[0]["mark"], matches[0]["rest"]
    first = max(int(match["first"]) for match in matches)
    second = max(int(match["second"]) for match in matches)
    if first <= 12 and second <= 12:
        raise UserError(
            f"{where}: {matches[0][0]!r} can be day/month or month/day; set `time_format` to "
            f"%d{mark}%m{mark}%Y or %m{mark}%d{mark}%Y"
        )
    order = ("%m", "%d") if second > 12 else ("%d", "%m")
    year = "%Y" if len(matches[0]["year"]) == 4 else "%y"
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
