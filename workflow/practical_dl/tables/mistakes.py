"""Mistakes of a table, collected until its end, then told all at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

import pandas as pd

from practical_dl.job.errors import UserError

OnBadRows = Literal["refuse", "drop"]
SHOWN = 10
LONGEST_SHOWN = 60
MOST = 100_000
"""Mistakes after which a table is read no further, and refused."""


class Mistake(NamedTuple):
    """One wrong value: where it stands, and what would be right."""

    line: int
    column: str
    value: str
    wanted: str


class RowsError(UserError):
    """Names the first mistakes of a table, a line each, and counts the others."""

    def __init__(self, path: Path, mistakes: list[Mistake], remedy: str) -> None:
        first = sorted(mistakes)[:SHOWN]
        lines = [
            f"{path}: {len(mistakes):,} mistakes; {remedy}",
            *(_told(path, one) for one in first),
        ]
        if len(mistakes) > SHOWN:
            lines.append(f"  and {len(mistakes) - SHOWN:,} more")
        Exception.__init__(self, "\n".join(lines))


@dataclass
class Mistakes:
    """What is wrong with the rows of the table at `path`."""

    path: Path
    found: list[Mistake] = field(default_factory=list)

    def add(self, line: int, column: str, value: str, wanted: str) -> None:
        """Take in one mistake.

        Raises:
            RowsError: it is one too many.
        """
        self.found.append(Mistake(line, column, value, wanted))
        if len(self.found) >= MOST:
            raise RowsError(self.path, self.found, "is each key set to the right column?")

    def add_values(self, values: "pd.Series[str]", column: str, wanted: str) -> None:
        """Add each of these values; the index of the series is their lines."""
        for line, value in values.items():
            self.add(int(str(line)), column, value, wanted)

    def settle(self, on_bad_rows: OnBadRows) -> list[int]:
        """The lines to drop, each once, in order.

        Raises:
            RowsError: there are mistakes, and rows are not to be dropped.
        """
        if self.found and on_bad_rows == "refuse":
            raise RowsError(self.path, self.found, "mend them, or set on_bad_rows: drop")
        return sorted({mistake.line for mistake in self.found})


def mistakes_table(mistakes: Iterable[Mistake]) -> pd.DataFrame:
    """A row per mistake: line, column, value, wanted; for the file of dropped rows."""
    return pd.DataFrame(sorted(mistakes), columns=list(Mistake._fields))


def _told(path: Path, mistake: Mistake) -> str:
    value = mistake.value
    shown = value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 3] + "..."
    what = f"{mistake.column}: {shown!r}, expected" if mistake.column else "expected"
    return f"  {path}:{mistake.line}: {what} {mistake.wanted}"
