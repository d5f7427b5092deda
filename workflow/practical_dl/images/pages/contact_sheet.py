"""Every type of augmentation at every level on a real picture, for the eye."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from practical_dl.images.pictures.changes import DRAWS, GREEN_DRAW, UNITS, changed_by

INCHES = 1.9
EXTREMES = (-1.0, 1.0)


def contact_sheet_figure(
    picture: NDArray[np.uint8], levels: Mapping[str, Sequence[float]]
) -> Figure:
    """One row a type: `picture` (height, width, 3) as it is, then each level's two extremes."""
    height, width = picture.shape[:2]
    columns = 1 + len(EXTREMES) * max(map(len, levels.values()))
    figure = Figure(
        figsize=(INCHES * columns + 1, (INCHES * height / width + 0.3) * len(levels)),
        layout="constrained",
    )
    grid = figure.subplots(len(levels), columns, squeeze=False)
    for axis in grid.flat:
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set_visible(False)
    for row, (name, amounts) in zip(grid, levels.items(), strict=True):
        label = f"{name.replace('_', ' ')}\n({UNITS[name]})"
        row[0].set_ylabel(label, rotation=0, ha="right", va="center", fontsize=11)
        row[0].set_title("none", fontsize=11)
        row[0].imshow(picture)
        shown = extremes(picture, name, amounts)
        titles = [f"{sign * amount:+g}" for amount in amounts for sign in EXTREMES]
        for axis, title, changed in zip(row[1:], titles, shown, strict=False):
            axis.set_title(title, fontsize=11)
            axis.imshow(changed)
    return figure


def extremes(picture: NDArray[np.uint8], name: str, amounts: Sequence[float]) -> NDArray[np.uint8]:
    """`picture` at both ends of each of `amounts`: (2 x amounts, height, width, 3)."""
    draws = np.repeat(np.array(EXTREMES, np.float32)[:, None], DRAWS, axis=1)
    draws[
        :, GREEN_DRAW
    ] *= -1  # against red and blue, so that the hue shifts and not the brightness
    pictures = np.repeat(picture[None], len(EXTREMES), axis=0)
    changed = [changed_by(pictures, {name: amount}, draws).numpy() for amount in amounts]
    return np.rint(np.concatenate(changed)).astype(np.uint8)
