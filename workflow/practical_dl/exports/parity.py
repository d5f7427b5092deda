"""Whether an exported classifier says what the workflow's own says, and how fast it is."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.submission.classifier_model import Classifier
from practical_dl.job.errors import UserError

MOST_DIFFERENCE = 1e-4
"""Of a probability, in float32."""


@dataclass
class Parity:
    """What a format's answers are beside the workflow's own, over the pictures seen so far.

    Attributes:
        pictures: how many. difference: the largest of any probability.
        same_class: pictures whose most probable class is the same.
        timed, seconds: of those pictures the processor time took; the first batch, in which a
            runtime prepares itself, is not among them unless it is the only one.
    """

    pictures: int = 0
    difference: float = 0.0
    same_class: int = 0
    timed: int = 0
    seconds: float = field(default=0.0)

    def add(self, own: NDArray[Any], found: NDArray[Any], seconds: float) -> None:
        """Add a batch of probabilities (n, classes) of both, and the seconds of the format's."""
        if self.pictures == self.timed:
            self.timed, self.seconds = 0, 0.0
        self.pictures += len(own)
        gap = np.abs(own.astype(np.float64) - found)
        self.difference = max(self.difference, float(gap.max() if np.isfinite(gap).all() else 1))
        self.same_class += int((own.argmax(axis=1) == found.argmax(axis=1)).sum())
        self.timed += len(own)
        self.seconds += seconds


def compare(
    own: Classifier, others: dict[str, Classifier], batches: Iterable[NDArray[np.uint8]]
) -> dict[str, Parity]:
    """The parity of each of `others` with `own` over all pictures; one batch is in memory."""
    found = {name: Parity() for name in others}
    for pictures in batches:
        right = np.asarray(own(pictures))
        for name, classify in others.items():
            started = time.process_time()
            given = np.asarray(classify(pictures))
            found[name].add(right, given, time.process_time() - started)
    return found


def require_parity(name: str, found: Parity) -> None:
    """Refuse a format whose answers are others.

    Raises:
        UserError: names the difference.
    """
    if found.difference > MOST_DIFFERENCE:
        raise UserError(
            f"--to {name}: a probability differs by {found.difference:.2g} from the workflow's own "
            f"(at most {MOST_DIFFERENCE:g} is allowed), so nothing was written; "
            "take another format"
        )


def parity_table(found: dict[str, Parity], runtimes: dict[str, str], sizes: dict[str, int]) -> Any:
    """A row per format: what a parity.csv holds.

    Args:
        runtimes: what read each format back. sizes: bytes of its files.
    """
    return pd.DataFrame(
        [
            {
                "format": name,
                "read_by": runtimes[name],
                "pictures": one.pictures,
                "largest_difference": float(f"{one.difference:.2g}"),
                "same_class": one.same_class,
                "megabytes": round(sizes[name] / 1e6, 3),
                "pictures_per_cpu_second": float(f"{one.timed / max(one.seconds, 1e-9):.3g}"),
            }
            for name, one in found.items()
        ]
    )
