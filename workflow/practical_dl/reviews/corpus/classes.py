"""The classes of a person's own texts: which spellings are one class, and in which order."""

from collections import Counter
from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np
import pandas as pd

from practical_dl.job.errors import UserError, counted
from practical_dl.tables.values import numbers

KNOWN = (
    ("neg", "pos"),
    ("negative", "positive"),
    ("negativ", "positiv"),
    ("bad", "good"),
    ("rotten", "fresh"),
    ("dislike", "like"),
    ("down", "up"),
    ("false", "true"),
    ("no", "yes"),
    ("n", "y"),
    ("f", "t"),
    ("ham", "spam"),
    ("not spam", "spam"),
    ("real", "fake"),
    ("negative", "neutral", "positive"),
    ("neg", "neu", "pos"),
    ("low", "medium", "high"),
)
"""Names that have an order, of two the one that is meant by a yes behind; numbers go by value."""

ALPHABETIC = "of the alphabet; `classes` sets another"
NEGATIONS = ("un", "in", "im", "ir", "dis", "non", "non-", "not ", "no ", "not_", "no_")
"""What stands before the name of the second class in that of the first (unhappy, happy)."""

MOST_CLASSES = 200
"""Of a set; a column of more different values holds something else."""

FEWEST_ROWS = 3
"""Of a class: one to train, one to validate, one to test."""


class Classes(NamedTuple):
    """Names in the order of the labels, the labels (n,), and what was taken for what.

    `scale` are numbers by class whose distance is that of the classes, () where they have none.
    """

    names: tuple[str, ...]
    labels: "pd.Series[int]"
    told: list[str]
    scale: tuple[float, ...] = ()


def order_classes(
    values: "pd.Series[str]",
    wanted: Sequence[str] | None,
    column: str,
    ordered: bool | None = None,
) -> Classes:
    """The classes of the tidy `values` (n,), and each row's place among them.

    Spellings that differ by case alone, or are one number, are one class: the most frequent one.
    The order is `wanted`, else that of known names, of numbers, or of the alphabet; a class that
    denies the other stands first.

    Args:
        ordered: whether three classes or more have distances; None: where they are numbers.

    Raises:
        UserError: there are not two classes, too many, others than those `wanted`, or such as have
            no order that is known.
    """
    spelled, told = _one_spelling(values, wanted or ())
    counts = spelled.value_counts()
    _require_classes(counts, column)
    names, how = _ordered(list(counts.index), wanted, column)
    sizes = ", ".join(f"{name} ({counted(int(counts[name]), 'row')})" for name in names)
    places = {name: place for place, name in enumerate(names)}
    told.append(f"classes of {column!r}: {sizes}, in this order {how}")
    distances, line = _distances(names, ordered, how == ALPHABETIC)
    return Classes(names, spelled.map(places).astype("int64"), [*told, *line], distances)


def same_class(value: str) -> str:
    """What all spellings of one class have in common."""
    number = numbers(pd.Series([value], dtype=str))[0]
    return value.casefold() if np.isnan(number) else repr(float(number))


def _one_spelling(
    values: "pd.Series[str]", wanted: Sequence[str]
) -> tuple["pd.Series[str]", list[str]]:
    counts = Counter(values)
    chosen = {same_class(name): name for name in wanted}
    for value, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        chosen.setdefault(same_class(value), value)
    spelling = {value: chosen[same_class(value)] for value in counts}
    told = [
        f"{value!r} ({counted(counts[value], 'row')}) is taken for {other!r}"
        for value, other in sorted(spelling.items())
        if value != other
    ]
    return values.map(spelling).astype(str), told


def _require_classes(counts: "pd.Series[int]", column: str) -> None:
    shown = ", ".join(f"{name!r} ({count:,})" for name, count in counts.head(10).items())
    more = f" and {len(counts) - 10:,} more" if len(counts) > 10 else ""
    if len(counts) < 2:
        raise UserError(f"`label`, column {column!r}: {shown}; two classes are needed")
    if len(counts) > MOST_CLASSES:
        raise UserError(
            f"`label`, column {column!r}: {len(counts):,} classes ({shown}{more}), {MOST_CLASSES} "
            "at most; name the column of the classes, or some of them as `classes` with "
            "`on_bad_rows: drop`"
        )
    rare = counts[counts < FEWEST_ROWS]
    if len(rare) and len(counts) > 2:
        first = ", ".join(f"{name!r} ({count:,})" for name, count in rare.head(10).items())
        raise UserError(
            f"`label`, column {column!r}: {counted(len(rare), 'class', 'classes')} of fewer than "
            f"{FEWEST_ROWS} rows ({first}); name the others as `classes` with `on_bad_rows: drop`, "
            "or join classes in the table"
        )


def _distances(
    names: Sequence[str], ordered: bool | None, is_alphabetic: bool
) -> tuple[tuple[float, ...], list[str]]:
    """Numbers by class whose distance is that of the classes, and a line about them."""
    values = numbers(pd.Series(names, dtype=str))
    are_numbers = not np.isnan(values).any()
    if len(names) == 2 or ordered is False or (ordered is None and not are_numbers):
        return (), []
    if are_numbers:
        line = "the classes are numbers: a mistake also counts by how far off it is"
        return tuple(map(float, values)), [f"{line} (`ordered: false`: not)"]
    if is_alphabetic:
        raise UserError(f"`ordered`: the order of {', '.join(names)} is unknown; name `classes`")
    return tuple(map(float, range(len(names)))), ["the classes are ordered, one step apart"]


def _ordered(
    found: Sequence[str], wanted: Sequence[str] | None, column: str
) -> tuple[tuple[str, ...], str]:
    if wanted is not None:
        absent = [name for name in wanted if name not in found]
        if absent:
            raise UserError(f"`classes`: no row of {column!r} is {absent[0]!r}")
        return tuple(wanted), "as `classes` says"
    by_form = {name.casefold(): name for name in found}
    for known in KNOWN:
        if set(known) == set(by_form):
            return tuple(by_form[name] for name in known), "as these names are known"
    for name, other in permutations(by_form) if len(by_form) == 2 else ():
        if any(name == f"{prefix}{other}" for prefix in NEGATIONS):
            return (by_form[name], by_form[other]), "the one that is denied first"
    values = numbers(pd.Series(found, dtype=str))
    if not np.isnan(values).any():
        return tuple(found[place] for place in np.argsort(values)), "of the numbers"
    return tuple(sorted(found)), ALPHABETIC
