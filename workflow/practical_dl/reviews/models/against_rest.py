"""One class against the rest: how models of two classes answer for more."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from practical_dl.scoring.by_class import of_both

Values = NDArray[np.float64]
Labels = NDArray[np.int64]

LEAST = 1e-12
"""Of a probability, so that there is a sum to divide by."""


def contests(labels: Labels) -> list[Labels]:
    """Labels (n,) of one class against the rest: of two classes once, of more for each.

    Every class has its rows among those to learn from, so the highest label counts them.
    """
    classes = int(labels.max()) + 1
    asked = [1] if classes == 2 else range(classes)
    return [(labels == label).astype(np.int64) for label in asked]


def joined(of_contests: Sequence[Values]) -> Values:
    """Probabilities (n, classes) from those (n,) of the class that each contest asks for."""
    if len(of_contests) == 1:
        return of_both(of_contests[0])
    every = np.column_stack(of_contests) + LEAST
    return every / every.sum(axis=1, keepdims=True)
