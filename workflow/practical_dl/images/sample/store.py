"""The sample, decoded once: small pictures in one file that every experiment on it reads."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, read_column, write_column, write_hdf5
from practical_dl.images.pictures.splits import split_at_random

COLUMNS = ["image_id", "label", "group", "grouped", "random"]
"""Columns of the rows: `label` is the class's index, `grouped` and `random` the role by each split.

Pictures without a group are groups of their own, by their image_id.
"""
SAMPLE_NAMES = ("images", *COLUMNS)
SAMPLE_ATTRIBUTES = ("classes",)


@dataclass(frozen=True)
class SamplePictures:
    """`pictures` (n, height, width, 3) uint8 with their `rows` (n, see COLUMNS) and class names."""

    pictures: NDArray[np.uint8]
    rows: pd.DataFrame
    classes: tuple[str, ...]

    def labels(self) -> NDArray[np.int64]:
        return self.rows["label"].to_numpy(np.int64)

    def split(self, kind: str) -> pd.DataFrame:
        """image_id, role of the `grouped` or the `random` split."""
        return self.rows[["image_id", kind]].rename(columns={kind: "role"})


def sample_rows(drawn: pd.DataFrame, sample: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The rows of the store: of the `drawn` manifest rows with their roles in `sample`.

    The random roles divide the same pictures anew, into sides as large as those of the sample.
    """
    valid = int((sample["role"] == "valid").sum())
    names = sorted(set(drawn["label"]))
    return pd.DataFrame(
        {
            "image_id": drawn["image_id"],
            "label": drawn["label"].map(names.index),
            "group": drawn["group"].where(drawn["group"] != "", drawn["image_id"]),
            "grouped": sample["role"],
            "random": split_at_random(drawn, valid, seed)["role"],
        }
    )


def write_sample(
    path: str | Path,
    rows: pd.DataFrame,
    classes: list[str],
    size: tuple[int, int],
    blocks: Iterable[NDArray[np.uint8]],
) -> None:
    """Write the `rows` (see COLUMNS) and their pictures, which come in `blocks` in that order."""

    def write(file: h5py.File) -> None:
        file.attrs["classes"] = json.dumps(classes)
        for column in COLUMNS:
            write_column(file, column, rows[column].to_numpy())
        images = file.create_dataset("images", (len(rows), *size, 3), np.uint8)
        start = 0
        for block in blocks:
            images[start : start + len(block)] = block
            start += len(block)

    write_hdf5(path, write)


def read_sample_pictures(path: str | Path) -> SamplePictures:
    """Read what `write_sample` wrote.

    Raises:
        UserError: the file is absent, damaged, of another version or incomplete.
    """
    with open_hdf5(path, SAMPLE_NAMES, SAMPLE_ATTRIBUTES) as file:
        rows = pd.DataFrame({column: read_column(file, column) for column in COLUMNS})
        classes = tuple(json.loads(file.attrs["classes"]))
        return SamplePictures(file["images"][:], rows, classes)


def shrunk(pictures: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """Pictures reduced by a whole `factor`: the mean of each block of factor x factor pixels.

    Rows and columns that fill no block are cut off on the far sides.
    """
    count, height, width, channels = pictures.shape
    tall, wide = height // factor, width // factor
    cut = pictures[:, : tall * factor, : wide * factor]
    blocks = cut.reshape(count, tall, factor, wide, factor, channels)
    return np.rint(blocks.mean(axis=(2, 4))).astype(np.uint8)


def shrunk_sample(sample: SamplePictures, factor: int) -> SamplePictures:
    """The same rows with pictures reduced by `factor`; the sample itself where it is 1."""
    return sample if factor == 1 else replace(sample, pictures=shrunk(sample.pictures, factor))
