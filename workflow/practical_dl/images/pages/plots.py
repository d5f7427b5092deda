"""Pictures of image sets, as Matplotlib figures."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

INCHES_PER_PICTURE = 1.5


def examples_of_classes(labelled: pd.DataFrame, examples: int, seed: int) -> pd.DataFrame:
    """Up to `examples` rows of every class, of as many groups as there are, in class order."""
    mixed = labelled.sample(frac=1, random_state=seed)
    first_of_groups = ~mixed.duplicated(["label", "group"])
    ordered = pd.concat([mixed[first_of_groups], mixed[~first_of_groups]])
    return ordered.groupby("label").head(examples).sort_values("label", kind="stable")


def class_examples_figure(
    labels: Sequence[str], pictures: NDArray[np.uint8], examples: int
) -> Figure:
    """One row a class: `pictures` (n, height, width, 3) with their `labels`, in class order."""
    classes = sorted(set(labels))
    height, width = pictures.shape[1:3]
    tall = INCHES_PER_PICTURE * height / width
    figure = Figure(
        figsize=(INCHES_PER_PICTURE * examples + 1, tall * len(classes)), layout="constrained"
    )
    axes = figure.subplots(len(classes), examples, squeeze=False)
    for axis in axes.flat:
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set_visible(False)
    for row, name in enumerate(classes):
        axes[row, 0].set_ylabel(name, rotation=0, ha="right", va="center")
        chosen = [index for index, label in enumerate(labels) if label == name]
        for axis, index in zip(axes[row], chosen, strict=False):
            axis.imshow(pictures[index])
    return figure


def groups_per_split_figure(manifest: pd.DataFrame, splits: Mapping[str, pd.DataFrame]) -> Figure:
    """Pictures of each group on each side, one panel a split."""
    by_id = manifest.set_index("image_id")["group"]
    figure = Figure(figsize=(9, 2.6 * len(splits)), layout="constrained")
    axes = figure.subplots(len(splits), 1, sharex=True, squeeze=False)[:, 0]
    for axis, (name, split) in zip(axes, splits.items(), strict=True):
        groups = split["image_id"].map(by_id).replace("", "no groups")
        counts = pd.crosstab(groups, split["role"])
        bottom = np.zeros(len(counts))
        for role, colour in (("train", "#0072B2"), ("valid", "#E69F00")):
            heights = counts[role].to_numpy() if role in counts else np.zeros(len(counts))
            axis.bar(counts.index, heights, bottom=bottom, color=colour, label=role)
            bottom += heights
        axis.set(title=f"{name} split", ylabel="pictures")
        axis.tick_params(axis="x", rotation=60)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].legend(frameon=False, ncols=2, loc="upper right", bbox_to_anchor=(1, 1.25))
    axes[-1].set_xlabel("group")
    return figure
