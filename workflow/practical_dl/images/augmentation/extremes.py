"""A picture changed by each type of augmentation, at both ends of each level: for the eye."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, read_column, write_column, write_hdf5
from practical_dl.images.pictures.augmentation import NONE, TYPES, changed_by
from practical_dl.job.runtime import configure_tensorflow

SIGNS = (-1.0, 1.0)
EXTREME_NAMES = ("images", "type", "amount")


@dataclass(frozen=True)
class Extremes:
    """Pictures (n, height, width, 3) with their `rows` (n): type and amount, NONE and 0 first."""

    pictures: NDArray[np.uint8]
    rows: pd.DataFrame


def extremes(picture: NDArray[np.uint8], levels: Mapping[str, Sequence[float]]) -> Extremes:
    """`picture` (height, width, 3) as it is, then by each type of `levels` at -level and +level."""
    configure_tensorflow(seed=0)
    pictures, rows = [picture[None]], [(NONE, 0.0)]
    for name, amounts in levels.items():
        for amount in amounts:
            pictures.append(_both_ends(picture, name, amount))
            rows += [(name, sign * amount) for sign in SIGNS]
    return Extremes(np.concatenate(pictures), pd.DataFrame(rows, columns=["type", "amount"]))


def _both_ends(picture: NDArray[np.uint8], name: str, amount: float) -> NDArray[np.uint8]:
    """All draws of the type at -1, then at +1: (2, height, width, 3)."""
    draws = np.outer(np.array(SIGNS, np.float32), _direction(TYPES[name].draws))
    pictures = np.repeat(picture[None], len(SIGNS), axis=0)
    changed = changed_by(pictures, {name: amount}, {name: draws}).numpy()
    return np.rint(changed).astype(np.uint8)


def _direction(draws: int) -> NDArray[np.float32]:
    """Ones; of three channels the second against the others, so that the hue shifts."""
    return np.array([1, -1, 1] if draws == 3 else [1] * draws, np.float32)


def write_extremes(path: str | Path, found: Extremes) -> None:
    """Write an HDF5 file with the data sets EXTREME_NAMES."""

    def write(file: h5py.File) -> None:
        file.create_dataset("images", data=found.pictures)
        for name in ("type", "amount"):
            write_column(file, name, found.rows[name].to_numpy())

    write_hdf5(path, write)


def read_extremes(path: str | Path) -> Extremes:
    """Read what `write_extremes` wrote.

    Raises:
        UserError: the file is absent, damaged, of another version or incomplete.
    """
    with open_hdf5(path, EXTREME_NAMES) as file:
        rows = pd.DataFrame({name: read_column(file, name) for name in ("type", "amount")})
        return Extremes(file["images"][:], rows)


def by_type(found: Extremes) -> Iterator[tuple[str, Extremes]]:
    """The changed pictures of each type, in their order."""
    for name in pd.unique(found.rows["type"])[1:]:
        chosen = (found.rows["type"] == name).to_numpy()
        yield name, Extremes(found.pictures[chosen], found.rows[chosen].reset_index(drop=True))
