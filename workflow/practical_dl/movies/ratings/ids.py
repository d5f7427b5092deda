"""Names of users and items as whole numbers, and back: `u10` is a word, the models count."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.tables.values import natural_key, of_each

LONGEST = 200
"""Characters of a name; a longer one is a sentence."""

_FLOAT = re.compile(r"(-?(?:0|[1-9][0-9]*))\.0+")
_WHOLE = re.compile(r"0|[1-9][0-9]*")
_LARGEST = np.iinfo(np.int64).max


def plain_name(name: str) -> str:
    """`12` for `12.0`, which is one id; leading zeros stay, and so does every other name."""
    match = _FLOAT.fullmatch(name)
    return match[1] if match else name


class Numbering:
    """Numbers names from 0 as they come, so that no column of names is ever held whole."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def take(self, values: "pd.Series[str]") -> NDArray[np.int32]:
        """The number of each of the tidy names `values` (n,); new ones get the next."""
        numbers = self._numbers
        codes = of_each(values, lambda value: numbers.setdefault(plain_name(value), len(numbers)))
        return np.array(codes, np.int32)

    @property
    def names(self) -> list[str]:
        """All names, by number."""
        return list(self._numbers)


def whole_ids(names: Sequence[str]) -> NDArray[np.int64]:
    """An id for each of these distinct names: (n,).

    Plain whole numbers stay themselves if all are; else the names are counted from 1 in the order
    in which people sort them (u2 before u10).
    """
    if all(_WHOLE.fullmatch(name) and int(name) <= _LARGEST for name in names):
        return np.array([int(name) for name in names], np.int64)
    ids = np.empty(len(names), np.int64)
    ids[sorted(range(len(names)), key=lambda number: natural_key(names[number]))] = np.arange(
        1, len(names) + 1
    )
    return ids


def names_of(ids: NDArray[np.int64]) -> list[str]:
    """The names of ids that are themselves."""
    return [str(number) for number in ids]
