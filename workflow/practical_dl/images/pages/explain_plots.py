"""Pictures with what spoke for their predicted class laid over them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

COLUMNS = 4
INCHES = 2.7


@dataclass(frozen=True)
class Explained:
    """A picture (height, width, 3), its map (rows, columns) of 0..1, and what is written above."""

    picture: NDArray[np.uint8]
    map: NDArray[np.float32]
    title: str


def explained_figure(shown: Sequence[Explained]) -> Figure:
    """Each picture beside itself under its map: bright where the predicted class was seen."""
    rows = -(-len(shown) // COLUMNS)
    height, width = shown[0].picture.shape[:2]
    size = (INCHES * COLUMNS, (2 * INCHES * height / width + 0.75) * rows)
    figure = Figure(figsize=size, layout="constrained")
    grid = figure.subplots(2 * rows, COLUMNS, squeeze=False)
    for axis in grid.flat:
        axis.axis("off")
    for place, one in enumerate(shown):
        row, column = divmod(place, COLUMNS)
        plain, covered = grid[2 * row][column], grid[2 * row + 1][column]
        plain.imshow(one.picture)
        plain.set_title(one.title, fontsize=10)
        covered.imshow(one.picture)
        covered.imshow(enlarged(one.map, height, width), cmap="inferno", alpha=0.55, vmin=0, vmax=1)
    return figure


def enlarged(values: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    """A map (rows, columns) brought to the size of its picture, smoothly."""
    image = Image.fromarray(values.astype(np.float32), mode="F")
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC))
