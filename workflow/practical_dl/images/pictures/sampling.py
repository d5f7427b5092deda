"""The sample: a small part of the labelled images that answers in seconds."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.pictures.manifest import labelled_rows
from practical_dl.job.errors import UserError


def draw_sample(
    manifest: pd.DataFrame, split: pd.DataFrame, train: int, valid: int, seed: int
) -> pd.DataFrame:
    """Draw `train` and `valid` images from the two sides of `split`: image_id, role.

    Roles are kept, so groups stay whole across the sides; each class has the share that it has
    on its side of the split, to the nearest image. Rows are in the manifest's order.

    Raises:
        UserError: a side has fewer images than wanted, or so few are wanted that a class has
            none.
    """
    rng = np.random.default_rng(seed)
    labels = split["image_id"].map(labelled_rows(manifest).set_index("image_id")["label"])
    drawn = [
        _draw_stratified(labels[split["role"] == role], count, role, rng)
        for role, count in (("train", train), ("valid", valid))
    ]
    return split.loc[np.sort(np.concatenate(drawn))].reset_index(drop=True)


def there_at_most(split: pd.DataFrame, train: int, valid: int) -> tuple[int, int]:
    """These numbers of training and validation images, or as many as the split has."""
    there = split["role"].value_counts()
    return min(train, int(there["train"])), min(valid, int(there["valid"]))


def apportion(sizes: NDArray[np.integer[Any]], total: int) -> NDArray[np.integer[Any]]:
    """Share `total` in proportion to `sizes` (classes,), by the largest remainders.

    Hamilton's method; equal remainders go to the earlier class. `total` is at most their sum.
    """
    shares = sizes * total
    parts = shares // sizes.sum()
    remainders = shares % sizes.sum()
    parts[np.argsort(-remainders, kind="stable")[: total - parts.sum()]] += 1
    return parts


def _draw_stratified(
    labels: "pd.Series[str]", count: int, role: str, rng: np.random.Generator
) -> NDArray[np.int64]:
    """The index labels of `count` of the rows."""
    if count > len(labels):
        raise UserError(f"sample of {count} {role} images: there are {len(labels)}; lower it")
    classes = labels.groupby(labels)
    sizes = classes.size()
    parts = apportion(sizes.to_numpy(), count)
    absent = sizes.index[parts == 0]
    if len(absent):
        raise UserError(
            f"sample of {count} {role} images leaves class {absent[0]} out "
            f"({len(absent)} such classes); raise it"
        )
    drawn = [
        rng.choice(rows.index.to_numpy(), part, replace=False)
        for (_, rows), part in zip(classes, parts, strict=True)
    ]
    return np.concatenate(drawn)
