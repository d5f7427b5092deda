"""Figures in one style for all pipelines, and the learning curve that all of them draw.

Functions return a `Figure` and keep no pyplot state, so any number of them can run in a job.
Colours are those of Okabe and Ito 2008, Color Universal Design, distinct for colour-blind readers.
"""

import io
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from practical_dl.files.artefacts import write_bytes
from practical_dl.report.lettering import in_lines, letter_as_written
from practical_dl.report.wording import is_control
from practical_dl.scoring.interval import Interval
from practical_dl.training.fit import best_epoch

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
GREY = "#666666"
DOTS_PER_INCH = 150
PHOTO_DOTS = 110


def new_axes(
    x_label: str, y_label: str, title: str = "", size: tuple[float, float] = (7.0, 4.5)
) -> tuple[Figure, Axes]:
    """An empty plot of `size` (width, height) in inches; labels name the unit."""
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=13)
    axes.set_xlabel(x_label, fontsize=12)
    axes.set_ylabel(y_label, fontsize=12)
    axes.tick_params(labelsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    return figure, axes


def scores_figure(
    titles: Sequence[str], scores: Sequence[Interval], x_label: str
) -> tuple[Figure, Axes]:
    """A row per model, from the bottom up: its score with the interval; controls in grey."""
    figure, axes = new_axes(x_label, "", size=(8.0, 1.2 + 0.4 * len(titles)))
    for place, (title, score) in enumerate(zip(titles, scores, strict=True)):
        colour = GREY if is_control(title) else COLOURS[0]
        axes.hlines(place, score.low, score.high, color=colour, linewidth=2)
        axes.plot(score.value, place, "o", color=colour)
    axes.set_yticks(range(len(titles)), list(map(in_lines, titles)))
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    return figure, axes


def write_figure(path: str | Path, figure: Figure) -> None:
    """Write a PNG whose bytes depend on the figure and the libraries' versions alone."""
    write_bytes(path, png_of(figure))


def png_of(figure: Figure) -> bytes:
    """A figure of lines and areas as a PNG of at most 256 colours, which look the same."""
    from PIL import Image

    letter_as_written(figure)
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=DOTS_PER_INCH)
    picture = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    picture.save(packed, format="PNG", optimize=True)
    return packed.getvalue()


def jpeg_of(figure: Figure) -> bytes:
    """A figure of photographs as a JPEG, a tenth of the size of a PNG."""
    letter_as_written(figure)
    drawn = io.BytesIO()
    figure.savefig(drawn, format="jpeg", dpi=PHOTO_DOTS, pil_kwargs={"quality": 80})
    return drawn.getvalue()


def learning_curve_figure(history: pd.DataFrame, loss_label: str, title: str = "") -> Figure:
    """Loss without penalties by epoch, with the learning rates and the epoch that was kept.

    `history` is what `training.fit` returns; `loss_label` names the loss and its unit, such as
    "mean squared error (stars²)".
    """
    figure, axes = new_axes("epoch", loss_label, title)
    epochs = history["epoch"]
    axes.plot(epochs, history["plain_loss"], "o-", color=COLOURS[0], label="training rows")
    if "inner_plain_loss" in history:
        axes.plot(epochs, history["inner_plain_loss"], "s-", color=COLOURS[1], label="inner rows")
        kept = best_epoch(history)
        axes.axvline(kept, color=GREY, linestyle=":", label=f"weights kept: epoch {kept}")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    _mark_learning_rates(axes, history["learning_rate"].tolist())
    figure.legend(loc="outside lower center", ncols=3, fontsize=11, frameon=False)
    return figure


def _mark_learning_rates(axes: Axes, rates: Sequence[float]) -> None:
    """Write each learning rate above its epochs, with a line where it changes."""
    lengths = [len(list(epochs)) for _, epochs in groupby(rates)]
    ends = np.cumsum(lengths) + 0.5
    for end in ends[:-1]:
        axes.axvline(end, color="#BBBBBB", linewidth=0.8)
    above = axes.secondary_xaxis("top")
    above.set_xticks(ends - np.array(lengths) / 2, [f"{rate:g}" for rate, _ in groupby(rates)])
    above.tick_params(length=0, labelsize=10, labelcolor=GREY)
    above.set_xlabel("learning rate", fontsize=10, color=GREY)
    above.spines["top"].set_visible(False)
    axes.set_xlim(0.5, len(rates) + 0.5)
