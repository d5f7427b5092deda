"""Figures and the form of a page that several questions about pictures share."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from practical_dl.report.page import code_of, fine_print, page, picture, table
from practical_dl.report.plotting import COLOURS, new_axes
from practical_dl.scoring.interval import Interval

MARKERS = "osD^v"
Scores = Mapping[str, Interval]


def question_page(
    question: str,
    answer: str,
    figure: Figure,
    caption: str,
    numbers: pd.DataFrame,
    notes: Sequence[str],
    made_by: Callable[..., object],
) -> str:
    """A page of one question as HTML: answer, figure with its caption, table.

    Folded below these: `notes` on how it was measured, and the function that made the numbers.
    """
    blocks = [picture(figure, caption), table(numbers), fine_print(*notes), code_of(made_by)]
    return page(question, answer, blocks)


def panels(
    count: int, x_label: str, y_label: str, columns: int = 2, share_y: bool = False
) -> tuple[Figure, list[Axes]]:
    """`count` plots of one kind, at most `columns` side by side."""
    rows = -(-count // columns)
    wide = min(count, columns)
    figure = Figure(figsize=(4.6 * wide, 3.2 * rows), layout="constrained")
    grid = figure.subplots(rows, wide, squeeze=False, sharey=share_y)
    axes = list(grid.flat)
    for unused in axes[count:]:
        unused.set_visible(False)
    for axis in axes[:count]:
        axis.spines[["top", "right"]].set_visible(False)
        axis.grid(axis="y", color="#DDDDDD", linewidth=0.8)
        axis.set_axisbelow(True)
        axis.set_xlabel(x_label)
    for axis in axes[:count:wide]:
        axis.set_ylabel(y_label)
    return figure, axes[:count]


def interval_figure(scores: Mapping[str, Scores], x_label: str) -> Figure:
    """Accuracy with its interval: one row per model, one mark per setting of `scores[model]`."""
    models = list(scores)
    figure, axes = new_axes(x_label, "", size=(7.5, 1.4 + 0.6 * len(models)))
    settings = list(dict.fromkeys(name for model in models for name in scores[model]))
    for number, setting in enumerate(settings):
        rows = [(place, scores[model][setting]) for place, model in enumerate(models)]
        offset = 0.22 * (number - (len(settings) - 1) / 2)
        places = np.array([place for place, _ in rows]) + offset
        values = np.array([score.value for _, score in rows])
        errors = [
            values - [score.low for _, score in rows],
            [score.high for _, score in rows] - values,
        ]
        axes.errorbar(
            values,
            places,
            xerr=np.maximum(errors, 0),
            fmt=MARKERS[number],
            color=COLOURS[number],
            capsize=3,
            label=setting,
        )
    axes.set_yticks(range(len(models)), models)
    axes.set_ylim(len(models) - 0.5, -0.5)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    figure.legend(loc="outside lower center", ncols=len(settings), fontsize=11, frameon=False)
    return figure


def curves_figure(
    curves: Mapping[str, pd.Series], y_label: str, levels: Mapping[str, float]
) -> Figure:
    """Shares by epoch, one line per curve (indexed by epoch), with `levels` as dotted lines."""
    figure, axes = new_axes("epoch", y_label, size=(7.5, 4.2))
    for number, (label, curve) in enumerate(curves.items()):
        axes.plot(
            curve.index,
            curve,
            marker=MARKERS[number % len(MARKERS)],
            markersize=4,
            color=COLOURS[number],
            label=label,
        )
    for number, (label, level) in enumerate(levels.items(), start=len(curves)):
        axes.axhline(level, color=COLOURS[number], linestyle=":", label=label)
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    figure.legend(loc="outside lower center", ncols=2, fontsize=10, frameon=False)
    return figure
