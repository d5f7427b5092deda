"""The sample: a small part of the labelled images that answers in seconds."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.pictures.every_class import apportion_to_all
from practical_dl.images.pictures.manifest import labelled_rows
from practical_dl.job.errors import UserError


def draw_sample(
    manifest: pd.DataFrame, split: pd.DataFrame, train: int, valid: int, seed: int
) -> pd.DataFrame:
    """Draw `train` and `valid` images from the two sides of `split`: image_id, role.

    Roles are kept, so groups stay whole across the sides; each class has the share that it has
    on its side of the split, to the nearest image, and at least one. Rows are in the manifest's
    order.

    Raises:
        UserError: a side has fewer images than wanted, or fewer are wanted than there are classes.
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


def _draw_stratified(
    labels: "pd.Series[str]", count: int, role: str, rng: np.random.Generator
) -> NDArray[np.int64]:
    """The index labels of `count` of the rows."""
    if count > len(labels):
        raise UserError(f"sample of {count} {role} images: there are {len(labels)}; lower it")
    classes = labels.groupby(labels)
    sizes = classes.size()
    if count < len(sizes):
        raise UserError(
            f"sample of {count} {role} images: there are {len(sizes)} classes, and each needs one; "
            f"raise sample.{role}"
        )
    parts = apportion_to_all(sizes.to_numpy(), count, left=0)
    drawn = [
        rng.choice(rows.index.to_numpy(), part, replace=False)
        for (_, rows), part in zip(classes, parts, strict=True)
    ]
    return np.concatenate(drawn)
