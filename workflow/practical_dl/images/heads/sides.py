"""The rows of a store by role: what is trained on, what chooses the epoch, what is scored."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.predictions import class_frame
from practical_dl.images.features.batches import Source, labelled_source
from practical_dl.images.features.store import FeatureStore
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.splits import read_split, rows_by_role


@dataclass(frozen=True)
class Sides:
    """Positions in a store by role (`train`, `inner`, `valid`), and the names of the classes."""

    store: FeatureStore
    rows: Mapping[str, NDArray[np.int64]]
    classes: list[str]

    def source(self, role: str) -> Source:
        """The rows of a role with their true labels."""
        return labelled_source(self.store, self.rows[role], len(self.classes))

    def of_pass(self, store: FeatureStore) -> Source:
        """The training rows with their features from the store of another pass."""
        return labelled_source(store, self.rows["train"], len(self.classes))

    def predictions(self, probabilities: NDArray[np.floating]) -> pd.DataFrame:
        """The content of a predictions.csv: probabilities (n, classes) of the `valid` rows."""
        scored = self.store.rows.iloc[self.rows["valid"]]
        true = [self.classes[label] for label in scored["label"]]
        return class_frame(
            list(scored["image_id"]), list(scored["group"]), true, self.classes, probabilities
        )


def read_sides(
    store: FeatureStore,
    manifest: Path,
    split: Path,
    inner_share: float,
    seed: int,
    by_group: bool = True,
) -> Sides:
    """The sides of `store` by the split in a file.

    Raises:
        UserError: a file is absent or damaged, or not of the same pictures.
    """
    table = read_manifest(manifest)
    return sides_of(store, table, read_split(split, table), inner_share, by_group, seed)


def sides_of(
    store: FeatureStore,
    manifest: pd.DataFrame,
    split: pd.DataFrame,
    inner_share: float,
    by_group: bool,
    seed: int,
) -> Sides:
    """The sides of `store` by a split; `inner` rows are cut from its training rows (see splits)."""
    rows = rows_by_role(store.rows, split, inner_share, by_group, seed)
    return Sides(store, rows, class_names(manifest))
