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
)
"""Pairs that have an order, the one that is meant by a yes behind; numbers go by their value."""

NEGATIONS = ("un", "in", "im", "ir", "dis", "non", "non-", "not ", "no ", "not_", "no_")
"""What stands before the name of the second class in that of the first (unhappy, happy)."""

SUPPORTED = 2


class Classes(NamedTuple):
    """Names in the order of the labels, the labels (n,), and what was taken for what."""

    names: tuple[str, ...]
    labels: "pd.Series[int]"
    told: list[str]


def order_classes(values: "pd.Series[str]", wanted: Sequence[str] | None, column: str) -> Classes:
    """The classes of the tidy `values` (n,), and each row's place among them.

    Spellings that differ by case alone, or are one number, are one class: the most frequent one.
    The order is `wanted`, else that of a known pair, of numbers, or of the alphabet; a class that
    denies the other stands first.

    Raises:
        UserError: there are not two classes, or others than those `wanted`.
    """
    spelled, told = _one_spelling(values, wanted or ())
    counts = spelled.value_counts()
    _require_two(counts, column)
    names, how = _ordered(list(counts.index), wanted, column)
    sizes = ", ".join(f"{name} ({counted(int(counts[name]), 'row')})" for name in names)
    places = {name: place for place, name in enumerate(names)}
    line = f"classes of {column!r}: {sizes}, in this order {how}"
    return Classes(names, spelled.map(places).astype("int64"), [*told, line])


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


def _require_two(counts: "pd.Series[int]", column: str) -> None:
    if len(counts) == SUPPORTED:
        return
    shown = ", ".join(f"{name!r} ({count:,})" for name, count in counts.head(10).items())
    more = f" and {len(counts) - 10:,} more" if len(counts) > 10 else ""
    if len(counts) < SUPPORTED:
        raise UserError(f"`label`, column {column!r}: {shown}; two classes are needed")
    raise UserError(
        f"`label`, column {column!r}: {len(counts):,} classes ({shown}{more}); more than two are "
        "not supported yet: name two as `classes` with `on_bad_rows: drop`, or join them in the "
        "table"
    )


def _ordered(
    found: Sequence[str], wanted: Sequence[str] | None, column: str
) -> tuple[tuple[str, ...], str]:
    if wanted is not None:
        absent = [name for name in wanted if name not in found]
        if absent:
            raise UserError(f"`classes`: no row of {column!r} is {absent[0]!r}")
        return tuple(wanted), "as `classes` says"
    by_form = {name.casefold(): name for name in found}
    for pair in KNOWN:
        if set(pair) == set(by_form):
            return tuple(by_form[name] for name in pair), "as these names are known"
    for name, other in permutations(by_form):
        if any(name == f"{prefix}{other}" for prefix in NEGATIONS):
            return (by_form[name], by_form[other]), "the one that is denied first"
    values = numbers(pd.Series(found, dtype=str))
    if not np.isnan(values).any():
        return tuple(found[place] for place in np.argsort(values)), "of the numbers"
    return tuple(sorted(found)), "of the alphabet; `classes` sets another"
