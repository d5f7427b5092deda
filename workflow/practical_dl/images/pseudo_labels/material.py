"""The data that rounds of pseudo-labels may see: all pictures, and the labels of some folds.

The features of all pictures lie in one file that knows no label. Labels lie in one small table per
fold, which holds those of the other folds alone. So no job of a fold can reach the labels of the
drivers that it predicts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, read_column, read_csv, write_column, write_hdf5
from practical_dl.images.features.reduced import region_means
from practical_dl.images.pictures.manifest import labelled_rows, unlabelled_rows
from practical_dl.job.errors import UserError

TRAIN, POOL, UNTOUCHED, TEST = "train", "pool", "untouched", "test"
POOLS = {"none": (), "valid": (POOL,), "test": (TEST,), "both": (POOL, TEST)}
"""Roles of the pictures that are predicted and then trained on."""
HELD_OUT = "held_out"
PARTS = {POOL: [POOL], UNTOUCHED: [UNTOUCHED], HELD_OUT: [POOL, UNTOUCHED]}
"""Parts of the held-out pictures by the roles of their groups."""
COLUMNS = ["image_id", "role", "label"]
PICTURE_NAMES = ("features", "image_id")


@dataclass(frozen=True)
class Material:
    """features (n, d) of all pictures; role (n,) as above; label (n,) class index, -1 unknown."""

    ids: NDArray[Any]
    features: NDArray[np.float16]
    role: NDArray[Any]
    label: NDArray[np.int64]
    classes: tuple[str, ...]

    def rows(self, *roles: str) -> NDArray[np.int64]:
        """Ascending rows of these roles."""
        return np.flatnonzero(np.isin(self.role, roles))


def write_pictures(
    path: str | Path, parts: Sequence[tuple[pd.DataFrame, NDArray[Any]]], regions: int
) -> None:
    """Write image_id and the means over `regions` x `regions` of each part's maps, no labels.

    Args:
        parts: the rows (image_id, ...) and maps (n, h, w, c) of the labelled and test pictures.
    """
    means = region_means([maps for _, maps in parts], regions)
    ids = np.concatenate([rows["image_id"].to_numpy() for rows, _ in parts])

    def write(file: h5py.File) -> None:
        file["features"] = np.concatenate(means).astype(np.float16)
        write_column(file, "image_id", ids)

    write_hdf5(path, write)


def deal_roles(manifest: pd.DataFrame, folds: pd.DataFrame, fold: int, seed: int) -> pd.DataFrame:
    """image_id, role and label of all pictures, for the models that are scored on `fold`.

    The other folds train. Half of this fold's groups (rounded down, at least one; of its pictures
    where there are no groups) are the pool `valid`, which is predicted and trained on without its
    labels; the rest stays untouched. Only the training pictures' labels are there.
    """
    rows, test = labelled_rows(manifest), unlabelled_rows(manifest)
    held_out = (folds["fold"] == fold).to_numpy()
    units = rows["group"].where(rows["group"] != "", rows["image_id"]).to_numpy()
    names = np.random.default_rng([seed, fold]).permutation(np.unique(units[held_out]))
    in_pool = np.isin(units, names[: max(1, len(names) // 2)])
    role = np.where(held_out, np.where(in_pool, POOL, UNTOUCHED), TRAIN)
    label = rows["label"].where(~held_out, "")
    dealt = pd.DataFrame({"image_id": rows["image_id"], "role": role, "label": label})
    tests = pd.DataFrame({"image_id": test["image_id"], "role": TEST, "label": ""})
    return pd.concat([dealt, tests], ignore_index=True)


def read_roles(path: str | Path) -> pd.DataFrame:
    """Read what `deal_roles` made.

    Raises:
        UserError: a column is missing, or a picture that does not train has a label.
    """
    roles = read_csv(path, COLUMNS)
    known = roles["label"] != ""
    if not known.equals(roles["role"] == TRAIN):
        raise UserError(f"{path}: labels are not those of the training pictures alone")
    return roles


def read_material(pictures: str | Path, roles: str | Path) -> Material:
    """Pictures with the roles and labels of one fold, in the order of the roles.

    Raises:
        UserError: a file is absent or damaged, or the two are not of the same pictures.
    """
    with open_hdf5(pictures, PICTURE_NAMES) as file:
        ids, features = read_column(file, "image_id"), file["features"][:]
    dealt = read_roles(roles)
    if list(dealt["image_id"]) != list(ids):
        raise UserError(f"{roles}: not the pictures of {pictures}; delete both and run again")
    classes = tuple(sorted(set(dealt["label"]) - {""}))
    codes = pd.Categorical(dealt["label"], categories=list(classes)).codes.astype(np.int64)
    return Material(ids, features, dealt["role"].to_numpy(dtype=object), codes, classes)


def require_pictures(material: Material, ids: Sequence[Sequence[str]]) -> None:
    """Make sure that stores with these `ids`, one after the other, hold the material's pictures.

    Raises:
        UserError: they hold others, or in another order.
    """
    if [name for part in ids for name in part] != list(material.ids):
        raise UserError("the stored pictures are not those of the pseudo-labels; run both again")
