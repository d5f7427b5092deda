"""A split that the source comes with: its train and valid folders, or numbered folds."""

import numpy as np
import pandas as pd

from practical_dl.images.pictures.manifest import given_sides, labelled_rows
from practical_dl.images.pictures.splits import ROLES, cut_groups, with_roles
from practical_dl.job.errors import UserError, counted, named

IGNORE = "set split.given to ignore to have a split made here"


def split_as_given(manifest: pd.DataFrame) -> pd.DataFrame:
    """The source's own split as it is: image_id, role. Of folds the first validates.

    Raises:
        UserError: it has one side only, a class or more on one side only, or groups on both.
    """
    rows = labelled_rows(manifest)
    given = given_sides(rows)
    if has_given_folds(manifest):
        numbers = given.astype(int)
        valid = (numbers == numbers.min()).to_numpy()
    else:
        valid = (given == "valid").to_numpy()
    split = with_roles(rows, valid)
    _require_usable(split, manifest)
    return split


def folds_as_given(manifest: pd.DataFrame, k: int) -> pd.DataFrame:
    """The source's own folds, in the order of their numbers: image_id, fold (0 to k-1).

    Raises:
        UserError: there are not `k` of them, a class lies in one only, or a group in several.
    """
    rows = labelled_rows(manifest)
    numbers, names = pd.factorize(given_sides(rows).astype(int), sort=True)
    if len(names) != k:
        raise UserError(
            f"the source comes with {len(names)} folds, the configuration asks for {k}: set "
            f"folds to {len(names)}, or {IGNORE}"
        )
    dealt = pd.DataFrame({"image_id": rows["image_id"], "fold": numbers.astype(np.int64)})
    _require_usable(dealt, manifest)
    return dealt


def has_given_split(manifest: pd.DataFrame) -> bool:
    """Whether the source comes with a split (or folds) of its own."""
    return bool((given_sides(labelled_rows(manifest)) != "").any())


def has_given_folds(manifest: pd.DataFrame) -> bool:
    """Whether it comes with numbered folds."""
    given = given_sides(labelled_rows(manifest))
    return has_given_split(manifest) and not given.isin(ROLES).any()


def _require_usable(split: pd.DataFrame, manifest: pd.DataFrame) -> None:
    """Refuse a split of the source's own that has a class on one side, or a group on several."""
    rows = labelled_rows(manifest)
    sides = split.iloc[:, 1]
    if sides.nunique() < 2:
        raise UserError(f"the source's own split has one side only ({sides.iloc[0]}); {IGNORE}")
    spread = sides.groupby(rows["label"]).nunique()
    narrow = spread.index[spread < 2]
    if len(narrow):
        raise UserError(
            f"the source's own split has classes on one side only: {named(narrow)}; {IGNORE}"
        )
    cut = cut_groups(split, manifest)
    if len(cut):
        raise UserError(
            f"the source's own split has {counted(len(cut), 'group')} on both sides: {named(cut)}; "
            f"its scores would be of groups that were trained on; {IGNORE}, or leave the groups "
            "out to have the scores that its publisher has"
        )
