"""The page of an audit: what was found, with the pictures side by side."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from practical_dl.images.audit.summary import told
from practical_dl.report.lettering import shortened
from practical_dl.report.page import fine_print, heading, page, paragraph, photographs, table

TITLE = "What is wrong with these pictures?"
EXPLANATION = (
    "Nothing here changes a score. The proposed groups are read with `groups` once you have looked "
    "at them and copied groups.csv; scores are then called by proposed groups. Decisions on single "
    "pictures (keep, relabel, drop) go into a copy of corrections.csv, which the configuration's "
    "`corrections` names. Near copies are alike by a perceptual hash and by features; frames of "
    "one film are near copies of each other, which is no fault, unless a split has them on both "
    "sides. Suspects are pictures that models which never saw them, and the pictures nearest to "
    "them, call otherwise; a hard picture is one too."
)
SHOWN = 12
"""Rows of pictures of each kind."""
ACROSS = 6
INCHES = 1.6

Read = Callable[[Sequence[str]], NDArray[np.uint8]]


def audit_page(found: Mapping[str, pd.DataFrame], counts: Mapping[str, Any], read: Read) -> str:
    """The page as HTML.

    Args:
        found: the tables copies, groups, suspects and outliers of an audit.
        counts: its summary.
        read: gives the pictures (n, height, width, 3) of image_ids.
    """
    classes = pd.DataFrame(counts["classes"].items(), columns=["class", "pictures"])
    blocks = [
        *_copies(found["copies"], read),
        *_groups(found["groups"], read),
        *_suspects(found["suspects"], read),
        *_outliers(found["outliers"], read),
        heading("Classes"),
        table(classes),
        fine_print(EXPLANATION),
    ]
    return page(TITLE, ". ".join(line[0].upper() + line[1:] for line in told(counts)) + ".", blocks)


def _copies(pairs: pd.DataFrame, read: Read) -> list[str]:
    """Those that cross something first: they matter."""
    if pairs.empty:
        return []
    order = np.lexsort((pairs["bits"], pairs["across"] == ""))
    shown = pairs.iloc[order].head(SHOWN)
    ids = [name for pair in zip(shown["image_id"], shown["other"], strict=True) for name in pair]
    titles = [
        text
        for name, other, kind, across in shown[["image_id", "other", "kind", "across"]].to_numpy()
        for text in (f"{name}", f"{other}\n{kind}; {across or 'same side'}")
    ]
    drawn = photographs(
        _sheet(read(ids), titles, 2 * (ACROSS // 2)), "Pairs of copies, side by side"
    )
    return [heading("Copies and near copies"), drawn, table(pairs.iloc[order].head(10 * SHOWN))]


def _groups(groups: pd.DataFrame, read: Read) -> list[str]:
    sizes = groups["group"].value_counts().sort_index()
    largest = [name for name in sizes.index if sizes[name] > 1][:SHOWN]
    if not largest:
        return [heading("Proposed groups"), paragraph("No two pictures look like one group.")]
    ids, titles = [], []
    for name in largest:
        own = groups["image_id"][groups["group"] == name]
        spread = np.linspace(0, len(own) - 1, ACROSS).round().astype(int)
        ids += list(own.iloc[spread])
        titles += [f"{name}: {len(own):,}", *[""] * (ACROSS - 1)]
    figure = _sheet(read(ids), titles, ACROSS)
    listed = pd.DataFrame({"group": sizes.index, "pictures": sizes.to_numpy()})
    return [
        heading("Proposed groups"),
        photographs(figure, "Pictures of the largest proposed groups, a row each"),
        table(listed.head(10 * SHOWN)),
    ]


def _suspects(suspects: pd.DataFrame, read: Read) -> list[str]:
    if suspects.empty:
        return []
    shown = suspects.head(2 * SHOWN)
    titles = [
        f"{name}\n{label}? rather {predicted}\nnear: {near}"
        for name, label, predicted, near in zip(
            *(shown[column] for column in ("image_id", "label", "predicted", "neighbours")),
            strict=True,
        )
    ]
    figure = _sheet(read(list(shown["image_id"])), titles, ACROSS)
    return [
        heading("Label suspects"),
        photographs(figure, "The likeliest wrong labels: given, predicted, those of the nearest"),
        table(suspects.head(10 * SHOWN)),
    ]


def _outliers(outliers: pd.DataFrame, read: Read) -> list[str]:
    if outliers.empty:
        return []
    shown = outliers.groupby("cause", sort=False).head(ACROSS)
    titles = [
        f"{name}\n{cause}" for name, cause in zip(shown["image_id"], shown["cause"], strict=True)
    ]
    figure = _sheet(read(list(shown["image_id"])), titles, ACROSS)
    return [
        heading("Outliers"),
        photographs(figure, "Pictures that stand apart, by cause"),
        table(outliers.head(10 * SHOWN)),
    ]


def _sheet(images: NDArray[np.uint8], titles: Sequence[str], across: int) -> Figure:
    """Pictures in rows of `across`, each under its lines of title."""
    rows = -(-len(images) // across)
    lines = max(title.count("\n") + 1 for title in titles)
    tall = INCHES * images.shape[1] / images.shape[2] + 0.17 * lines
    figure = Figure(figsize=(INCHES * across, tall * rows), layout="constrained")
    axes = figure.subplots(rows, across, squeeze=False).ravel()
    for axis in axes:
        axis.axis("off")
    for axis, image, title in zip(axes, images, titles, strict=False):
        axis.imshow(image)
        axis.set_title("\n".join(map(shortened, title.split("\n"))), fontsize=6, loc="left")
    return figure
