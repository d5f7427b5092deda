"""The figure of the characters: the loss of each model on the held-out text, and its memory."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.scoring.interval import Interval
from practical_dl.small.characters.grammar import TAGS
from practical_dl.small.characters.titles import OF_CHARACTERS, TITLES

STYLES = dict(zip(OF_CHARACTERS, zip(COLOURS, "osD^v", strict=False), strict=True))
DISTANCES = (0, 8, 12, 16, 32, 1000)
"""Bin edges of the distance, in characters, between the letters of a tag's two ends."""


def main_figure(
    nats: Mapping[str, Interval],
    frequencies: float,
    tables: Mapping[str, pd.DataFrame],
    histories: Mapping[str, pd.DataFrame],
) -> Figure:
    """Left the loss of each model; right how far back its memory reaches, or how it learned.

    `nats` are scores by model, `frequencies` the loss without any memory; `tables` are those of
    `scores.closing_table` by model, empty where the text has no tags.
    """
    figure = Figure(figsize=(13, 5.8), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.2))
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=11)
        axes.set_axisbelow(True)
    _draw_losses(left, nats, frequencies)
    if tables:
        _draw_memory(right, tables)
    else:
        _draw_learning(right, histories)
    right.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    figure.legend(
        *right.get_legend_handles_labels(),
        loc="outside lower right",
        ncols=3,
        fontsize=11,
        frameon=False,
    )
    return figure


def _by_distance(table: pd.DataFrame) -> pd.DataFrame:
    """label, right (share) and count of a closing table in the bins of DISTANCES."""
    borders = list(DISTANCES)
    labels = [f"{low + 1} to {high}" for low, high in pairwise(borders)]
    labels[0], labels[-1] = f"up to {borders[1]}", f"over {borders[-2]}"
    bins = pd.cut(table["distance"], borders, labels=labels)
    grouped = table.groupby(bins, observed=True)["right"].agg(["mean", "size"])
    return pd.DataFrame(
        {"label": grouped.index.astype(str), "right": grouped["mean"], "count": grouped["size"]}
    ).reset_index(drop=True)


def _draw_losses(axes: Axes, nats: Mapping[str, Interval], frequencies: float) -> None:
    names = list(nats)
    values = [*(nats[name].value for name in names), frequencies]
    bars = axes.barh(
        range(len(values)), values, color=[*(STYLES[name][0] for name in names), GREY], height=0.65
    )
    axes.bar_label(bars, fmt="%.3f", padding=6, fontsize=12)
    for place, name in enumerate(names):
        interval = [nats[name].low, nats[name].high]
        axes.plot(interval, [place] * 2, color="black", linewidth=2)
    labels = [TITLES[name].replace(", ", ",\n") for name in names]
    axes.set_yticks(range(len(values)), [*labels, "frequencies only:\nno memory"])
    axes.set_xlim(0, 1.15 * max(values))
    axes.invert_yaxis()
    axes.set_xlabel("held-out loss (nats per character)", fontsize=12)
    axes.set_title("Loss per predicted character", loc="left", fontsize=13)


def _draw_memory(axes: Axes, tables: Mapping[str, pd.DataFrame]) -> None:
    for name, table in tables.items():
        colour, marker = STYLES[name]
        bins = _by_distance(table)
        axes.plot(
            np.arange(len(bins)), bins["right"], color=colour, marker=marker, linewidth=2,
            label=TITLES[name],
        )  # fmt: skip
    axes.axhline(1 / len(TAGS), color=GREY, linestyle=":", label=f"guessing among {len(TAGS)}")
    axes.set_xticks(
        np.arange(len(bins)),
        [
            f"{label}\n({count:,})"
            for label, count in zip(bins["label"], bins["count"], strict=True)
        ],
    )
    axes.set_xlabel("characters since the tag was opened (closing tags)", fontsize=12)
    axes.set_ylabel("tags closed rightly", fontsize=12)
    axes.set_ylim(0, 1.03)
    axes.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    axes.set_title("How far back memory reaches", loc="left", fontsize=13)


def _draw_learning(axes: Axes, histories: Mapping[str, pd.DataFrame]) -> None:
    for name, history in histories.items():
        colour, marker = STYLES[name]
        axes.plot(
            history["epoch"], history["inner_plain_loss"], color=colour, marker=marker,
            linewidth=2, label=TITLES[name],
        )  # fmt: skip
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("epoch", fontsize=12)
    axes.set_ylabel("inner loss (nats per character)", fontsize=12)
    axes.set_title("How they learned", loc="left", fontsize=13)
