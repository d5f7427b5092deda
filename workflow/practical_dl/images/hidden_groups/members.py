"""The members of an ensemble, trained as if the hidden groups were a test part without labels.

By the functions that the chain's own members are trained by, on fewer components and seeds.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.features.reduced import Projection, reduce_rows
from practical_dl.images.features.store import COLUMNS, FeatureStore
from practical_dl.images.folds.fitting import Material, fit_folds
from practical_dl.images.folds.folded import Folded, FoldPredictions, folds_of
from practical_dl.images.folds.linear import fit_linear_folds, linear_inputs
from practical_dl.images.networks.grid import point_of_name
from practical_dl.images.pictures.manifest import unlabelled_rows
from practical_dl.job.runtime import Log
from practical_dl.training.recipe import Recipe

Rows = NDArray[np.int64]
Arrays = Mapping[str, NDArray[Any]]
LinearInput = tuple[NDArray[Any], NDArray[Any], float]


def rows_of_parts(stored: pd.DataFrame, manifest: pd.DataFrame) -> tuple[Rows, Rows]:
    """Ascending positions in the labelled store of the rows that are known, and of the hidden."""
    hidden = stored["image_id"].isin(unlabelled_rows(manifest)["image_id"]).to_numpy()
    return np.flatnonzero(~hidden), np.flatnonzero(hidden)


def folded_rows(
    stored: pd.DataFrame, known: Rows, hidden: Rows, folds: pd.DataFrame, classes: Sequence[str]
) -> Folded:
    """The rows of both parts; the hidden ones without label and group, as a test's are."""
    rows = stored.iloc[known].reset_index(drop=True)
    tests = stored.iloc[hidden][list(COLUMNS)].reset_index(drop=True)
    tests = tests.assign(label=-1, group="")
    return Folded(rows, tests, folds_of(list(rows["image_id"]), folds), classes)


def reduced_parts(
    store: FeatureStore, known: Rows, hidden: Rows, projection: Projection, among: int
) -> tuple[Arrays, Arrays]:
    """Reduced features of the known and of the hidden rows, each a part of its own."""
    labelled, test = (reduce_rows(store, rows, projection, among) for rows in (known, hidden))
    return labelled, test


def linear_inputs_of(
    parts: tuple[Arrays, Arrays], names: Sequence[str], regions: int, strength: float
) -> dict[str, LinearInput]:
    """What each of the linear models `names` (in the order of `linear_inputs`) is fitted to."""
    labelled, test = parts
    inputs = linear_inputs(lambda name: (labelled[name], test[name]), regions, strength)
    return dict(zip(names, inputs, strict=True))


def fit_linear_member(read: LinearInput, folded: Folded, log: Log) -> FoldPredictions:
    """A regression on what `linear_inputs_of` found for it."""
    features, test, penalty_c = read
    return fit_linear_folds(features, folded.labels, folded.fold, test, penalty_c, log)


def fit_head_member(
    parts: tuple[Arrays, Arrays],
    folded: Folded,
    name: str,
    recipe: Recipe,
    seeds: Sequence[int],
    log: Log,
) -> FoldPredictions:
    """The head that is the point `name` of the grid, on clean features."""
    point = point_of_name(name)
    labelled, test = (part["centred" if point.features == "centred" else "plain"] for part in parts)
    material = Material([labelled], folded.labels, folded.fold, len(folded.classes), [test])
    return fit_folds(material, point, recipe, seeds, log)
