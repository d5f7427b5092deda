"""A seven, drawn by two strokes: the picture that the convolutions read."""

import numpy as np
from numpy.typing import NDArray

SIZE = 28
STROKES = (((6.0, 7.0), (6.0, 21.0)), ((6.0, 21.0), (23.0, 11.0)))
HALF_WIDTH = 1.3


def draw_seven() -> NDArray[np.float64]:
    """Brightness (28, 28) from 0 to 1, in tenths so that it can be read as numbers."""
    rows, columns = np.mgrid[:SIZE, :SIZE].astype(float)
    distance = np.min([_distance(rows, columns, *stroke) for stroke in STROKES], axis=0)
    return np.round(np.clip(HALF_WIDTH + 0.5 - distance, 0, 1), 1)


def _distance(
    rows: NDArray[np.float64],
    columns: NDArray[np.float64],
    start: tuple[float, float],
    end: tuple[float, float],
) -> NDArray[np.float64]:
    """Distance of each pixel to the line from `start` to `end`, both (row, column)."""
    along = np.subtract(end, start)
    share = ((rows - start[0]) * along[0] + (columns - start[1]) * along[1]) / (along @ along)
    share = np.clip(share, 0, 1)
    return np.hypot(rows - start[0] - share * along[0], columns - start[1] - share * along[1])
