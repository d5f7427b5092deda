"""Pictures of what the folds say."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from practical_dl.report.plotting import COLOURS, GREY, new_axes

MARKERS = "os^DvP"
INCHES_PER_PHOTO = 2.2


def group_figure(losses: pd.DataFrame) -> Figure:
    """Log loss of each group (row of `losses`) by each model (column), the hardest on top."""
    height = 1.8 + 0.28 * len(losses)
    figure, axes = new_axes("log loss (nats)", "", size=(9.0, height))
    positions = np.arange(len(losses))[::-1]
    axes.hlines(positions, losses.min(axis=1), losses.max(axis=1), color="#CCCCCC", linewidth=2)
    for number, name in enumerate(losses):
        axes.plot(
            losses[name],
            positions,
            MARKERS[number % len(MARKERS)],
            color=COLOURS[number % len(COLOURS)],
            label=name,
        )
    axes.set_yticks(positions, list(losses.index))
    axes.set_xlim(left=0)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    figure.legend(loc="outside lower center", ncols=1, fontsize=10, frameon=False)
    return figure


def ablation_figure(table: pd.DataFrame) -> Figure:
    """Log loss after each step with its interval, and what each gained over the one before."""
    figure = Figure(figsize=(10, 1.6 + 0.42 * len(table)), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    positions = np.arange(len(table))[::-1]
    for axis, value, low, high, label in (
        (left, "log_loss", "ci_low", "ci_high", "log loss after the step"),
        (right, "gain", "gain_low", "gain_high", "gain over the step before"),
    ):
        rows = slice(None) if axis is left else slice(1, None)
        centre = table[value].to_numpy()[rows]
        errors = [centre - table[low].to_numpy()[rows], table[high].to_numpy()[rows] - centre]
        axis.errorbar(
            centre,
            positions[rows],
            xerr=np.abs(errors),
            fmt="o",
            color=COLOURS[0],
            ecolor=COLOURS[0],
            capsize=3,
        )
        axis.set_xlabel(f"{label} (nats, 95 % over groups)", fontsize=11)
        axis.spines[["top", "right"]].set_visible(False)
        axis.grid(axis="x", color="#DDDDDD", linewidth=0.8)
        axis.set_axisbelow(True)
    names = [
        f"{name} (left out)" if left_out else name
        for name, left_out in zip(table["step"], table["left_out"], strict=True)
    ]
    left.set_yticks(positions, names, fontsize=11)
    left.set_xlim(left=0)
    right.axvline(0, color=GREY, linewidth=1)
    return figure


def mistakes_figure(photos: NDArray[np.uint8], captions: Sequence[str], columns: int = 4) -> Figure:
    """Photos (n, height, width, 3), each with its caption."""
    rows = max(1, -(-len(photos) // columns))
    height = INCHES_PER_PHOTO * photos.shape[1] / photos.shape[2] + 0.75
    figure = Figure(figsize=(INCHES_PER_PHOTO * columns, height * rows), layout="constrained")
    for axis in figure.subplots(rows, columns, squeeze=False).flat:
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set_visible(False)
    for axis, photo, caption in zip(figure.axes, photos, captions, strict=False):
        axis.imshow(photo)
        axis.set_title(caption, fontsize=9)
    return figure


def gains_figure(gains: pd.DataFrame) -> Figure:
    """What each step along an axis of the grid gives, with intervals over groups."""
    figure, axes = new_axes(
        "gain in log loss, all else equal (nats, 95 % over groups)",
        "",
        size=(9, 1.4 + 0.36 * len(gains)),
    )
    positions = np.arange(len(gains))[::-1]
    centre = gains["gain"].to_numpy()
    errors = [centre - gains["ci_low"].to_numpy(), gains["ci_high"].to_numpy() - centre]
    axes.errorbar(centre, positions, xerr=np.abs(errors), fmt="o", color=COLOURS[0], capsize=3)
    labels = [
        f"{axis}: {low} to {high}"
        for axis, low, high in zip(gains["axis"], gains["lower"], gains["higher"], strict=True)
    ]
    axes.set_yticks(positions, labels)
    axes.axvline(0, color=GREY, linewidth=1)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    return figure
