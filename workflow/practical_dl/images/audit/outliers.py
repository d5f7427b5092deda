"""Pictures that are hardly any: nearly of one colour, blurred, tiny, far from all others."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Values = NDArray[np.floating[Any]]

COLUMNS = ["image_id", "cause", "value", "limit"]
DARK, BRIGHT, FLAT = 12.0, 243.0, 6.0
"""Grey values, of 0 to 255: mean below, mean above, standard deviation below."""
BLURRED = 0.25
"""Of the median picture's sharpness."""
TINY = 32
"""Pixels along the shorter side."""
FAR = 6.0
"""Quartile distances above the upper quartile of the distance to the nearest picture."""


def outliers(rows: pd.DataFrame, measures: Mapping[str, Values], distances: Values) -> pd.DataFrame:
    """Pictures with the cause for which they stand apart: COLUMNS, by cause; one may have several.

    Args:
        rows: image_id, width and height.
        measures: see `looks`, (n,) each.
        distances: of each picture to the nearest other one in feature space, (n,).
    """
    lower, upper = np.percentile(distances, [25, 75])
    shorter = rows[["width", "height"]].min(axis=1).to_numpy(np.float64)
    blurred = BLURRED * float(np.median(measures["sharpness"]))
    far = float(upper + FAR * (upper - lower))
    is_flat = measures["contrast"] < FLAT
    found = [
        _of_cause(rows, "nearly black", measures["brightness"], DARK, below=True),
        _of_cause(rows, "nearly white", measures["brightness"], BRIGHT, below=False),
        _of_cause(rows, "nearly one colour", measures["contrast"], FLAT, below=True),
        _of_cause(rows[~is_flat], "blurred", measures["sharpness"][~is_flat], blurred, below=True),
        _of_cause(rows, "tiny", shorter, TINY, below=True),
        _of_cause(rows, "far from all others", distances, far, below=False),
    ]
    return pd.concat(found, ignore_index=True)


def nearest_distance(points: Values, near: NDArray[np.int64]) -> NDArray[np.float64]:
    """Euclidean distance of each of `points` (n, d) to the first of its `near` ones: (n,)."""
    if near.shape[1] == 0:
        return np.zeros(len(points))
    return np.linalg.norm(points - points[near[:, 0]], axis=1).astype(np.float64)


def _of_cause(
    rows: pd.DataFrame, cause: str, values: Values, limit: float, *, below: bool
) -> pd.DataFrame:
    """Rows beyond a limit, the farthest first."""
    signed = (values - limit) * (1 if below else -1)
    at = np.flatnonzero(signed < 0)
    at = at[np.argsort(signed[at], kind="stable")]
    return pd.DataFrame(
        {
            "image_id": rows["image_id"].to_numpy()[at],
            "cause": cause,
            "value": values[at].astype(np.float64).round(4),
            "limit": round(limit, 4),
        },
        columns=COLUMNS,
    )
