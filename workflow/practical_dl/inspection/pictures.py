"""A contact sheet of the pictures in an HDF5 file, one row per class."""

import json
from collections.abc import Sequence
from pathlib import Path

import h5py
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5
from practical_dl.images.features.store import UNKNOWN
from practical_dl.job.errors import UserError
from practical_dl.report.plotting import write_figure

PER_ROW = 8
MOST_ROWS = 12
INCHES = 1.4


def write_contact_sheet(store: Path, sheet: Path) -> None:
    """Write up to 8 pictures of each class of `store` as the PNG `sheet`.

    Raises:
        UserError: the file holds no pictures, or is damaged.
    """
    if store.suffix != ".h5":
        raise UserError(f"{store}: holds no pictures; --sheet needs an HDF5 file (.h5) that does")
    with open_hdf5(store) as file:
        pictures = _pictures(store, file)
        labels = file["label"][:] if "label" in file else np.full(len(pictures), UNKNOWN)
        classes = json.loads(file.attrs.get("classes", "[]"))
        rows = [
            (
                _row_name(int(label), classes),
                [_as_picture(pictures[place]) for place in _spaced(labels == label)],
            )
            for label in np.unique(labels)[:MOST_ROWS]
        ]
    write_figure(sheet, contact_sheet(rows))


def _pictures(store: Path, file: h5py.File) -> h5py.Dataset:
    for name in ("images", "features"):
        if name in file and file[name].ndim == 4 and file[name].shape[-1] == 3:
            return file[name]
    raise UserError(f"{store}: holds no pictures; a contact sheet needs (n, height, width, 3)")


def _row_name(label: int, classes: Sequence[str]) -> str:
    """The class of a row; its number if the file has no names."""
    if label == UNKNOWN:
        return "unlabelled"
    return classes[label] if label < len(classes) else f"class {label}"


def _spaced(chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Up to PER_ROW of the chosen positions, evenly spaced."""
    places = np.flatnonzero(chosen)
    return places[np.linspace(0, len(places) - 1, min(PER_ROW, len(places))).astype(int)]


def _as_picture(values: NDArray[np.generic]) -> NDArray[np.uint8]:
    return np.clip(np.rint(values.astype(np.float32)), 0, 255).astype(np.uint8)


def contact_sheet(rows: list[tuple[str, list[NDArray[np.uint8]]]]) -> Figure:
    """One row per name with its pictures (height, width, 3)."""
    height, width = rows[0][1][0].shape[:2]
    figure = Figure(
        figsize=(PER_ROW * INCHES + 0.8, len(rows) * INCHES * height / width + 0.2),
        layout="constrained",
    )
    grid = figure.subplots(len(rows), PER_ROW, squeeze=False)
    for axes, (name, pictures) in zip(grid, rows, strict=True):
        for axis in axes:
            axis.set(xticks=[], yticks=[])
            axis.spines[:].set_visible(False)
        for axis, picture in zip(axes, pictures, strict=False):
            axis.imshow(picture)
        axes[0].set_ylabel(name, rotation=0, ha="right", va="center", fontsize=11)
    return figure
