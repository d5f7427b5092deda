"""What the columns of a table hold, by their first rows."""

import math
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from practical_dl.job.errors import counted, named
from practical_dl.recognition.column_names import is_called
from practical_dl.tables.starts import Start
from practical_dl.tables.words import SIDES, UNKNOWN

MOST_NUMBERED = 50
"""Distinct numbers up to which they can be classes."""

MOST_FOLDS = 20
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}( .*)?")
_LONG, _WORDY = 20, 200
_OLDEST, _NEWEST = 157_766_400, 4_102_444_800
_ANSWERS = frozenset(("0", "1", "0.0", "1.0"))


@dataclass(frozen=True)
class Column:
    """The name of a column and its first values, those that are known, without blanks around."""

    name: str
    values: Sequence[str]
    rows: int

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.values)

    @cached_property
    def numbers(self) -> list[float] | None:
        """The values as numbers; None unless all are."""
        if not self.values or not all(map(_NUMBER.fullmatch, self.counts)):
            return None
        return [float(value.replace(",", ".")) for value in self.values]

    @property
    def unknown(self) -> int:
        """The number of rows without a value."""
        return self.rows - len(self.values)

    @property
    def has_test(self) -> bool:
        """Whether a value of a ready-made split is test."""
        return any(SIDES.get(value.casefold()) == "test" for value in self.counts)

    @property
    def are_whole(self) -> bool:
        return self.numbers is not None and all(number.is_integer() for number in self.numbers)

    @property
    def share_distinct(self) -> float:
        return len(self.counts) / max(len(self.values), 1)

    @property
    def is_text(self) -> bool:
        """Whether these are sentences: mostly distinct, long, of several words."""
        if self.numbers is not None or self.share_distinct < 0.3 or not self.values:
            return False
        some = self.values[:_WORDY]
        blanks = sum(" " in value for value in some) / len(some)
        length = statistics.mean(map(len, some))
        wide = sum(_script(character) in WITHOUT_BLANKS for character in "".join(some[:20]))
        return (length >= _LONG and blanks > 0.5) or (length >= 4 and wide > 10)

    @property
    def is_time(self) -> bool:
        """Whether these are times: ISO dates, days with slashes, or counts since 1970."""
        if self.numbers is None:
            return bool(self.values) and all(map(_DATE.fullmatch, list(self.counts)[:_WORDY]))
        middle = statistics.median(self.numbers)
        return any(_OLDEST <= middle / unit <= _NEWEST for unit in (1, 1e3, 1e6, 1e9))

    @property
    def is_split(self) -> bool:
        """Whether these are train, valid and test, or the numbers of folds."""
        if len(self.counts) < 2:
            return False
        if all(value.casefold() in SIDES for value in self.counts):
            return True
        return self.are_folds

    @property
    def are_folds(self) -> bool:
        """Whether these are the numbers of folds, of about the same size."""
        numbers = self.numbers
        if numbers is None or not self.are_whole or not 2 <= len(self.counts) <= MOST_FOLDS:
            return False
        found = sorted(set(numbers))
        follow = found == [found[0] + step for step in range(len(found))] and found[0] in (0, 1)
        return follow and max(self.counts.values()) <= 3 * min(self.counts.values())

    @property
    def is_flag(self) -> bool:
        """Whether these are 0 and 1."""
        return bool(self.counts) and set(self.counts) <= _ANSWERS

    @property
    def can_be_label(self) -> bool:
        """Whether these can be classes by what they are alone."""
        if self.is_split and not self.are_folds:
            return False
        return label_fault(self) is None and 2 <= len(self.counts) <= MOST_NUMBERED


def columns_of(start: Start) -> list[Column]:
    """The columns of a table, without unknown values."""
    width = len(start.columns)
    rows = [row for row in start.rows if len(row) >= width]
    columns = []
    for place, name in enumerate(start.columns):
        values = [unicodedata.normalize("NFC", row[place]).strip() for row in rows]
        known = [value for value in values if value.lower() not in UNKNOWN]
        columns.append(Column(name, known, len(rows)))
    return columns


def possible_labels(columns: Sequence[Column]) -> list[Column]:
    """The columns that can hold classes by their values, and are not called a split or group."""
    return [
        column
        for column in columns
        if column.can_be_label
        and not is_called("split", column.name)
        and not is_called("group", column.name)
    ]


def label_of(
    columns: Sequence[Column], possible: Sequence[Column], wanted: str | None
) -> Column | str:
    """The column of the classes among `possible` ones, or why it cannot be told.

    One of several is taken where it has at most half as many values as any other.

    Args:
        wanted: the column that the person names, of `columns`.
    """
    if wanted is not None:
        named_so = [column for column in columns if column.name == wanted]
        if not named_so:
            return f"no column {wanted!r}; it has {named(repr(one.name) for one in columns)}"
        return label_fault(named_so[0]) or named_so[0]
    few = sorted(possible, key=lambda one: len(one.counts))
    if len(few) > 1 and 2 * len(few[0].counts) > len(few[1].counts):
        shown = named(f"{one.name!r} ({len(one.counts)} values)" for one in possible)
        return f"several columns could be the class: {shown}; say which with --label NAME"
    return few[0] if few else "no column looks like a class; say which it is with --label NAME"


def others_told(label: Column, possible: Sequence[Column]) -> str:
    """Why a column was taken as the class that is not called so, and which could be it too."""
    others = named(
        f"{one.name!r} ({len(one.counts)} values)" for one in possible if one is not label
    )
    too = f"; {others} could be it too" if others else ""
    return (
        f"{label.name!r} ({len(label.counts)} values) is taken as the class by what it holds"
        f"{too}: `label`, or --label NAME"
    )


def partners(start: Start, of: str, by: str) -> dict[str, set[str]]:
    """Of each value of the column `of` the values of `by` that stand in its rows; both known."""
    places = list(start.columns).index(of), list(start.columns).index(by)
    found: dict[str, set[str]] = {}
    for row in start.rows:
        if len(row) > max(places):
            value, other = (unicodedata.normalize("NFC", row[place]).strip() for place in places)
            if value.lower() not in UNKNOWN and other.lower() not in UNKNOWN:
                found.setdefault(value, set()).add(other)
    return found


def group_fault(start: Start, group: str, label: str) -> str | None:
    """Why no split could keep whole groups and all classes on either side; None if one can."""
    groups: dict[str, set[str]] = {}
    for name, of in partners(start, label, group).items():
        groups.setdefault(name.casefold(), set()).update(of)
    alone = sorted(name for name, of in groups.items() if len(of) < 2)
    if not alone or not start.whole:
        return None
    return (
        f"{group!r} looks like a group, but the classes {named(alone)} stand in one group only, so "
        "that no split could keep it whole; not taken (`group`)"
    )


def label_fault(column: Column) -> str | None:
    """Why a column cannot hold classes, and what to do; None if it can."""
    distinct, name = len(column.counts), column.name
    if distinct < 2:
        return f"{name!r} has one value only; two classes or more are needed"
    if column.numbers is not None and distinct > 2:
        if not column.are_whole and distinct > 10:
            return (
                f"{name!r} holds numbers ({min(column.numbers):g} to {max(column.numbers):g}): "
                "predicting numbers (regression) is not supported; make classes of them"
            )
        if distinct > MOST_NUMBERED and not _are_class_numbers(column):
            return (
                f"{name!r} holds {distinct:,} different numbers: predicting numbers (regression) "
                "is not supported; make classes of them"
            )
    if column.share_distinct > 0.9 and len(column.values) > 10:
        return f"{name!r} is different in almost every row, so these are no classes"
    return None


def several_labels(column: Column) -> str | None:
    """What separates the labels of a row, if rows have several of them."""
    for mark in ("|", ";", ",", " "):
        lists = [[part.strip() for part in value.split(mark)] for value in column.counts]
        parts = {part for one in lists for part in one}
        alone = {one[0] for one in lists if len(one) == 1}
        several = sum(len(one) > 1 for one in lists) > 0.3 * len(lists)
        if mark in "|;":
            again = len(parts) < 0.7 * sum(map(len, lists))
        else:
            again = len(parts) < len(lists) and parts <= alone | set(filter(str.isdigit, parts))
        if several and again:
            return mark
    return None


def scripts_told(texts: Sequence[str]) -> list[str]:
    """The scripts that texts are written in, the commonest first."""
    found = Counter(_script(character) for text in texts[:_WORDY] for character in text[:_WORDY])
    found.pop("", None)
    return [name for name, count in found.most_common() if count > 0.05 * found.total()]


WITHOUT_BLANKS = frozenset(("Chinese", "Japanese", "Thai", "Lao", "Khmer", "Burmese"))
_SCRIPTS = {
    "LATIN": "Latin", "CYRILLIC": "Cyrillic", "GREEK": "Greek", "ARABIC": "Arabic",
    "HEBREW": "Hebrew", "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese",
    "HANGUL": "Korean", "DEVANAGARI": "Devanagari", "BENGALI": "Bengali", "THAI": "Thai",
    "TAMIL": "Tamil", "LAO": "Lao", "KHMER": "Khmer", "MYANMAR": "Burmese", "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
}  # fmt: skip


def _script(character: str) -> str:
    if not character.isalpha():
        return ""
    first = unicodedata.name(character, "").split(" ", 1)[0]
    return _SCRIPTS.get(first, "another")


def _are_class_numbers(column: Column) -> bool:
    """Whether numbers run from 0 or 1 without gaps, each several times."""
    found = sorted({int(value) for value in column.numbers or ()})
    follow = found[0] in (0, 1) and found[-1] - found[0] == len(found) - 1
    return column.are_whole and follow and column.share_distinct <= 0.2


def rows_told(start: Start) -> str:
    """How many rows were looked at: `2,000 rows`, `in the first 10,000 rows`."""
    if start.whole:
        return counted(len(start.rows), "row")
    return f"in the first {len(start.rows):,} rows"


def folds_told(column: Column) -> str:
    return f"{len(column.counts)} folds" if column.are_folds else ", ".join(sorted(column.counts))


def is_finite(text: str) -> bool:
    """Whether a text is a number."""
    return bool(_NUMBER.fullmatch(text)) and math.isfinite(float(text.replace(",", ".")))
