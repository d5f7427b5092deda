"""Groups that are hidden: a manifest in which labelled pictures are a test part of whole groups."""

import numpy as np
import pandas as pd

from practical_dl.images.pictures.manifest import is_grouped, labelled_rows
from practical_dl.job.errors import UserError

DEFAULT_SHARE = 0.25
FEWEST_KNOWN = 2


def units(manifest: pd.DataFrame) -> "pd.Series[str]":
    """What is hidden whole, of each row: its group, or the picture where there are no groups."""
    return manifest["group"] if is_grouped(manifest) else manifest["image_id"]


def drawn_units(manifest: pd.DataFrame, count: int | None, draw: int, seed: int) -> list[str]:
    """The `count` units (by default a quarter) of the labelled rows that a draw hides; sorted.

    Raises:
        UserError: too few would be left to deal into folds.
    """
    names = np.unique(units(labelled_rows(manifest)))
    wanted = max(1, round(DEFAULT_SHARE * len(names))) if count is None else count
    if wanted > len(names) - FEWEST_KNOWN:
        raise UserError(
            f"hidden_groups.groups: {wanted} of {len(names)} groups cannot be hidden, "
            f"{FEWEST_KNOWN} must be left to train on; set fewer"
        )
    rng = np.random.default_rng([seed, draw])
    return sorted(map(str, rng.choice(names, wanted, replace=False)))


def hide(manifest: pd.DataFrame, hidden: list[str]) -> pd.DataFrame:
    """The labelled rows, those of the units `hidden` as a test part: no label, no group, no side.

    Test pictures are left out: the hidden ones stand in their place.
    """
    rows = labelled_rows(manifest).copy()
    of_test = units(rows).isin(hidden)
    rows.loc[of_test, "split"] = "test"
    rows.loc[of_test, [name for name in ("label", "group", "given") if name in rows]] = ""
    return rows
