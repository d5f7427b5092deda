"""Where pictures lie by their features: on a map, and who their neighbours are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, read_column
from practical_dl.images.features.store import COLUMNS
from practical_dl.report.t_sne import on_plane

KINDS = ("plain", "centred")
"""Features as they are, and less the mean of their look-alikes."""
NEIGHBOURS = 5
PERPLEXITY = 30.0

Values = NDArray[np.float32]


@dataclass(frozen=True)
class Drawn:
    """Some pictures of a data set: their rows (image_id, label, group), and features by kind."""

    rows: pd.DataFrame
    features: Mapping[str, Values]


def draw_pictures(path: str | Path, classes: Sequence[str], most: int, seed: int) -> Drawn:
    """At most so many pictures of a reduced file, with their features, the mean over places.

    Their labels are the names of `classes`; a picture without a group is one of its own.
    """
    with open_hdf5(Path(path), (*KINDS, *COLUMNS)) as file:
        rows = pd.DataFrame({column: read_column(file, column) for column in COLUMNS})
        count = min(most, len(rows))
        places = np.sort(np.random.default_rng(seed).choice(len(rows), count, replace=False))
        features = {name: _means(file[name][places]) for name in KINDS}
    drawn = rows.iloc[places].reset_index(drop=True)
    own = drawn["group"].where(drawn["group"] != "", drawn["image_id"])
    label = np.asarray(classes, dtype=object)[drawn["label"]]
    return Drawn(drawn.assign(group=own, label=label), features)


def _means(values: NDArray[Any]) -> Values:
    return np.asarray(values.mean(axis=(1, 2), dtype=np.float32))


def on_a_map(features: Values, seed: int) -> Values:
    """Places (n, 2) from 0 to 1 on a map by t-SNE."""
    places = on_plane(features, min(PERPLEXITY, (len(features) - 1) / 3), seed)
    span = np.ptp(places, axis=0)
    return np.asarray((places - places.min(axis=0)) / np.where(span > 0, span, 1), np.float32)


def alike_neighbours(features: Values, names: NDArray[Any]) -> float:
    """The share of the NEIGHBOURS nearest of each picture that have its name."""
    from sklearn.neighbors import NearestNeighbors

    count = min(NEIGHBOURS, len(features) - 1)
    found = NearestNeighbors(n_neighbors=count).fit(features).kneighbors(return_distance=False)
    return float((names[found] == names[:, None]).mean())
