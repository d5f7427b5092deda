"""Pictures of an image set: examples of its classes, and its groups on the sides of the splits."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from practical_dl.images.pictures.loading import read_images
from practical_dl.images.pictures.manifest import labelled_rows
from practical_dl.report.lettering import shortened

INCHES_PER_PICTURE = 1.5
EXAMPLES = 6
"""Pictures of each class."""
MOST_CLASSES = 40
MOST_GROUPS = 60
SIZE = (150, 200)
"""Height and width in pixels at which they are shown."""


def class_examples_figure(root: Path, labelled: pd.DataFrame, seed: int) -> Figure:
    """EXAMPLES pictures of every class of the `labelled` rows of a manifest, read below `root`.

    Of more than MOST_CLASSES so many, evenly spread over their names.
    """
    shown = labelled[labelled["label"].isin(spread_out(sorted(set(labelled["label"]))))]
    rows = examples_of_classes(shown, EXAMPLES, seed)
    pictures = np.concatenate([block for _, block in read_images(root, rows, SIZE, threads=1)])
    figure = examples_figure(list(rows["label"]), pictures, EXAMPLES)
    count = labelled["label"].nunique()
    if count > MOST_CLASSES:
        figure.suptitle(f"{MOST_CLASSES} of {count:,} classes, evenly spread over their names")
    return figure


def spread_out(names: Sequence[str]) -> list[str]:
    """At most MOST_CLASSES of the names, from the first to the last at even distances."""
    places = np.linspace(0, len(names) - 1, min(len(names), MOST_CLASSES)).round().astype(int)
    return [names[place] for place in places]


def examples_of_classes(labelled: pd.DataFrame, examples: int, seed: int) -> pd.DataFrame:
    """Up to `examples` rows of every class, of as many groups as there are, in class order."""
    mixed = labelled.sample(frac=1, random_state=seed)
    first_of_groups = ~mixed.duplicated(["label", "group"])
    ordered = pd.concat([mixed[first_of_groups], mixed[~first_of_groups]])
    return ordered.groupby("label").head(examples).sort_values("label", kind="stable")


def examples_figure(labels: Sequence[str], pictures: NDArray[np.uint8], examples: int) -> Figure:
    """One row per class: `pictures` (n, height, width, 3) with their `labels`, in class order."""
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
        axes[row, 0].set_ylabel(shortened(name), rotation=0, ha="right", va="center")
        chosen = [index for index, label in enumerate(labels) if label == name]
        for axis, index in zip(axes[row], chosen, strict=False):
            axis.imshow(pictures[index])
    return figure


def groups_per_split_figure(manifest: pd.DataFrame, splits: Mapping[str, pd.DataFrame]) -> Figure:
    """Pictures of each group on each side, one panel per split; of many groups the largest."""
    by_id = manifest.set_index("image_id")["group"]
    sizes = labelled_rows(manifest)["group"].value_counts().sort_index()
    largest = sizes.sort_values(ascending=False, kind="stable").index[:MOST_GROUPS]
    figure = Figure(figsize=(9, 2.6 * len(splits)), layout="constrained")
    axes = figure.subplots(len(splits), 1, sharex=True, squeeze=False)[:, 0]
    for axis, (name, split) in zip(axes, splits.items(), strict=True):
        groups = split["image_id"].map(by_id)
        shown = groups.isin(largest)
        counts = pd.crosstab(groups[shown].replace("", "no groups"), split["role"][shown])
        bottom = np.zeros(len(counts))
        for role, colour in (("train", "#0072B2"), ("valid", "#E69F00")):
            heights = counts[role].to_numpy() if role in counts else np.zeros(len(counts))
            axis.bar(np.arange(len(counts)), heights, bottom=bottom, color=colour, label=role)
            bottom += heights
        axis.set(title=f"{name} split", ylabel="pictures")
        axis.set_xticks(range(len(counts)), [shortened(group) for group in counts.index])
        axis.tick_params(axis="x", rotation=60)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].legend(frameon=False, ncols=2, loc="upper right", bbox_to_anchor=(1, 1.25))
    many = len(sizes) > MOST_GROUPS
    axes[-1].set_xlabel(f"group (the largest {MOST_GROUPS} of {len(sizes):,})" if many else "group")
    return figure
