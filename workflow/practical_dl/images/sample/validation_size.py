"""How big a validation set must be: the spread of a score over many draws of one size.

Drawn by picture, as the lesson did, a set looks sure after a thousand pictures; but the pictures
of one driver resemble each other, so what counts is how many drivers there are. Both ways draw
with replacement, so they say what other drivers like these would bring.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

WAYS = ("picture", "driver")
Values = NDArray[np.float64]

HALF_WIDTH = 1.96
"""Standard deviations on either side of the mean that hold 95 % of a normal distribution."""


def draw_means(
    values: Values, groups: NDArray[np.object_], size: int, way: str, draws: int, seed: int
) -> Values:
    """Means of `draws` validation sets of about `size` rows: (draws,).

    By `picture`, `size` rows; by `driver`, the whole groups that bring about `size` rows.
    """
    rng = np.random.default_rng(seed)
    if way == "picture":
        return values[rng.integers(len(values), size=(draws, size))].mean(axis=1)
    codes, names = pd.factorize(groups)
    sums = np.bincount(codes, weights=values, minlength=len(names))
    counts = np.bincount(codes, minlength=len(names))
    chosen = rng.integers(len(names), size=(draws, groups_for(size, counts)))
    return sums[chosen].sum(axis=1) / counts[chosen].sum(axis=1)


def groups_for(size: int, counts: NDArray[Any]) -> int:
    """How many groups of the mean size bring about `size` rows; at least one."""
    return max(1, round(size / counts.mean()))


def spread_table(
    rows: pd.DataFrame, differences: pd.DataFrame, sizes: Sequence[int], draws: int, seed: int
) -> pd.DataFrame:
    """Standard deviations over draws, one row per way, size and metric.

    `rows` and `differences` have group, log_loss and accuracy a row: of one model, and of one
    minus another on the same rows. Columns: way, size, groups (that a draw has; 0 by picture),
    metric, spread (of the score), difference_spread (of the paired difference).
    """
    counts = rows["group"].value_counts().to_numpy()
    table = []
    for way in WAYS:
        for size in sizes:
            for metric in ("accuracy", "log_loss"):
                one, paired = (
                    draw_means(
                        frame[metric].to_numpy(),
                        frame["group"].to_numpy(),
                        size,
                        way,
                        draws,
                        seed,
                    ).std()
                    for frame in (rows, differences)
                )
                groups = groups_for(size, counts) if way == "driver" else 0
                table.append((way, size, groups, metric, one, paired))
    columns = ["way", "size", "groups", "metric", "spread", "difference_spread"]
    return pd.DataFrame(table, columns=columns)


def smallest_size(table: pd.DataFrame, way: str, metric: str, difference: float) -> int | None:
    """The smallest size whose 95 % range of the paired difference is within `difference`.

    None where no size of the table is large enough.
    """
    chosen = table[(table["way"] == way) & (table["metric"] == metric)].sort_values("size")
    enough = chosen["size"][HALF_WIDTH * chosen["difference_spread"] <= difference]
    return int(enough.iloc[0]) if len(enough) else None
