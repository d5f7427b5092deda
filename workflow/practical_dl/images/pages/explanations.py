"""The page on where the head looks: sure predictions, right and wrong, and what spoke for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.heads.grad_cam import grad_cam
from practical_dl.images.pictures.loading import read_images
from practical_dl.job.errors import UserError
from practical_dl.report.lettering import shortened
from practical_dl.report.page import code_of, fine_print, heading, page, photographs
from practical_dl.report.wording import percent

TITLE = "Where does the head look, right and wrong?"
HEADINGS = {"right": "Right and sure", "wrong": "Wrong and sure"}
COLUMNS = 4
INCHES = 2.7
WIDEST = 320
"""Dots of a picture as it is shown."""


@dataclass(frozen=True)
class Explained:
    """A picture (height, width, 3), its map (rows, columns) of 0..1, and what is written above."""

    picture: NDArray[np.uint8]
    map: NDArray[np.float32]
    title: str


def explanations_page(
    explained: Mapping[str, Sequence[Explained]],
    predicted: ClassPredictions,
    layer: str,
) -> str:
    """The page as HTML; `explained` are the `right` and the `wrong` predictions that are shown.

    layer: where the features come from.

    Raises:
        UserError: there are none, because the features are pooled.
    """
    if not any(explained.values()):
        raise UserError("the head reads pooled features: they have no places to show")
    blocks = []
    for name, shown in explained.items():
        if shown:
            title = HEADINGS[name]
            blocks += [heading(title), photographs(explained_figure(shown), title)]
    blocks += [fine_print(_bright(layer), _sureness(predicted)), code_of(grad_cam)]
    return page(TITLE, explain_answer(predicted), blocks)


def no_places_page(layer: str) -> str:
    """The page as HTML where features are vectors, which have no places."""
    return page(TITLE, f"{layer} gives one vector per picture, in which no place can be told.", [])


def explained_pictures(
    root: Path,
    manifest: pd.DataFrame,
    predicted: ClassPredictions,
    maps: Mapping[str, NDArray[np.float32]],
) -> list[Explained]:
    """The pictures of `maps` (by id), read from the source's folder `root`, with their titles.

    Raises:
        UserError: a picture cannot be read.
    """
    if not maps:
        return []
    rows = manifest.set_index("image_id", drop=False).loc[list(maps)]
    ((_, pictures),) = read_images(root, rows, _shown_size(rows), 1, len(rows))
    row_of = {image_id: row for row, image_id in enumerate(predicted.ids)}
    return [
        Explained(shown, maps[name], explain_title(predicted, row_of[name]))
        for shown, name in zip(pictures, maps, strict=True)
    ]


def _shown_size(rows: pd.DataFrame) -> tuple[int, int]:
    """Height and width that all of these pictures are shown at: the first one's, not too wide."""
    width, height = int(rows["width"].iloc[0]), int(rows["height"].iloc[0])
    return round(height * min(1, WIDEST / width)), min(width, WIDEST)


def explain_title(predicted: ClassPredictions, row: int) -> str:
    """Predicted class with its probability, and the true one where it is another."""
    chosen = int(predicted.probabilities[row].argmax())
    sure = f"{shortened(predicted.classes[chosen])} {percent(predicted.probabilities[row, chosen])}"
    true = predicted.true[row]
    return sure if true == predicted.classes[chosen] else f"{sure}, truly {shortened(true)}"


def explain_answer(predicted: ClassPredictions) -> str:
    """How many are right, and which classes are confused most often."""
    labels = predicted.labels()
    chosen = predicted.probabilities.argmax(axis=1)
    right = chosen == labels
    said = f"Of {len(labels):,} held-out pictures {percent(right.mean())} are right"
    if right.all():
        return f"{said}."
    pairs, counts = np.unique(
        np.column_stack([labels[~right], chosen[~right]]), axis=0, return_counts=True
    )
    true, taken = (predicted.classes[code] for code in pairs[counts.argmax()])
    return f"{said}; the most frequent mistake takes {true} for {taken} ({counts.max()} pictures)."


def _bright(layer: str) -> str:
    return (
        f"Bright places spoke for the predicted class in the features of {layer}; dark areas did "
        "not matter."
    )


def _sureness(predicted: ClassPredictions) -> str:
    """How sure wrong and right answers are, on average; empty where all are right."""
    right = predicted.probabilities.argmax(axis=1) == predicted.labels()
    if right.all():
        return ""
    sure = predicted.probabilities.max(axis=1)
    return (
        f"A wrong answer is given with {percent(sure[~right].mean())} on average, a right one "
        f"with {percent(sure[right].mean())}."
    )


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
