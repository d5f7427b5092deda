"""The titles nearest to what somebody typed: those that begin with it, then those spelt alike.

Spelling is compared by runs of three letters, from an index: a list may have hundreds of titles
that a rating set lacks, and comparing each with every title would take minutes.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

LONGEST = 200
"""Letters of a title that are compared."""

FEWEST_LETTERS = 4
"""Of what was typed, for titles that begin with it to be suggested."""

LEAST_ALIKE = 0.4
"""Dice's coefficient of the sets of runs."""


class Nearest:
    """An index of names (n,) in the form of `title_names`, the best known of equals first."""

    def __init__(self, names: Sequence[str]) -> None:
        self._places = sorted(range(len(names)), key=names.__getitem__)
        self._sorted = [names[place] for place in self._places]
        self._sizes = np.empty(len(names), np.int64)
        self._with: dict[str, array[int]] = {}
        for place, name in enumerate(names):
            runs = _runs(name)
            self._sizes[place] = len(runs)
            for run in runs:
                self._with.setdefault(run, array("q")).append(place)

    def find(self, typed: str, count: int) -> list[int]:
        """The places of up to `count` names, the nearest first; [] if no name is alike."""
        begun = self._begun(typed) if len(typed) >= FEWEST_LETTERS else []
        runs = _runs(typed)
        lists = [np.frombuffer(self._with[run], np.int64) for run in runs if run in self._with]
        if not lists:
            return begun[:count]
        shared = np.bincount(np.concatenate(lists), minlength=len(self._sizes))
        alike = 2 * shared / (self._sizes + len(runs))
        near = np.flatnonzero(alike >= LEAST_ALIKE)
        ordered = near[np.argsort(-alike[near], kind="stable")].tolist()
        return list(dict.fromkeys([*begun, *ordered]))[:count]

    def _begun(self, typed: str) -> list[int]:
        """The places of the names that begin so, in order."""
        first = bisect_left(self._sorted, typed)
        behind = bisect_left(self._sorted, f"{typed}\U0010ffff")
        return sorted(self._places[first:behind])


def _runs(name: str) -> set[str]:
    padded = f"  {name[:LONGEST]} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
