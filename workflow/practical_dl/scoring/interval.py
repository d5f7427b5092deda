"""A number with its 95 % interval: the one shape that scores, gains and leaks have."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KEYS = ("value", "ci_low", "ci_high")
"""The fields in JSON and in tables."""


@dataclass(frozen=True)
class Interval(Mapping[str, float]):
    """A value between the ends of its 95 % interval, all in the unit of what was scored."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, row: Mapping[str, Any] | Any, name: str = "") -> "Interval":
        """From a row: `value`, `ci_low` and `ci_high`, or `NAME`, `NAME_low` and `NAME_high`."""
        keys = (name, f"{name}_low", f"{name}_high") if name else KEYS
        return cls(*(float(row[key]) for key in keys))

    @classmethod
    def unknown(cls) -> "Interval":
        """Nothing was measured: NaN everywhere."""
        return cls(math.nan, math.nan, math.nan)

    def columns(self, name: str = "") -> dict[str, float]:
        """For JSON or a row of a table: the keys that `of` reads."""
        keys = (name, f"{name}_low", f"{name}_high") if name else KEYS
        return dict(zip(keys, (self.value, self.low, self.high), strict=True))

    def __neg__(self) -> "Interval":
        """The same difference taken from the other side."""
        return Interval(-self.value, -self.high, -self.low)

    @property
    def is_noise(self) -> bool:
        """Whether the interval of a difference holds zero."""
        return self.low <= 0 <= self.high

    @property
    def is_nothing(self) -> bool:
        """Whether a difference is zero, and both ends of its interval too: nothing has changed."""
        return self.value == self.low == self.high == 0

    def __getitem__(self, key: str) -> float:
        return self.columns()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(KEYS)

    def __len__(self) -> int:
        return len(KEYS)
