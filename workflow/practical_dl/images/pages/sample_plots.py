"""Pictures of the experiments on the sample."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter, PercentFormatter

from practical_dl.report.plotting import COLOURS, GREY, new_axes
from practical_dl.training.learning_rate_range import smoothed, suggested_rate

MARKERS = "osD^v"
Scores = Mapping[str, Mapping[str, float]]


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
    """Accuracy with its interval: one row a model, one mark a setting of `scores[model]`."""
    models = list(scores)
    figure, axes = new_axes(x_label, "", size=(7.5, 1.4 + 0.6 * len(models)))
    settings = list(dict.fromkeys(name for model in models for name in scores[model]))
    for number, setting in enumerate(settings):
        rows = [(place, scores[model][setting]) for place, model in enumerate(models)]
        offset = 0.22 * (number - (len(settings) - 1) / 2)
        places = np.array([place for place, _ in rows]) + offset
        values = np.array([score["value"] for _, score in rows])
        errors = [
            values - [score["ci_low"] for _, score in rows],
            [score["ci_high"] for _, score in rows] - values,
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


def rate_lesson_figure(
    history: pd.DataFrame, shares: Mapping[str, Sequence[float]], classes: Sequence[str]
) -> Figure:
    """Training loss by epoch of both schedules, beside the `shares` of the predicted classes."""
    figure = Figure(figsize=(9.5, 3.8), layout="constrained")
    left, right = figure.subplots(1, 2)
    places = np.arange(len(classes))
    for number, (setting, share) in enumerate(shares.items()):
        rows = history[history["setting"] == setting].groupby("epoch")["plain_loss"].mean()
        label = setting.replace("_", " ")
        left.plot(rows.index, rows, marker=MARKERS[number], color=COLOURS[number], label=label)
        right.bar(places + 0.4 * (number - 0.5), share, 0.4, color=COLOURS[number])
    left.set(xlabel="epoch", ylabel="training loss (log loss)")
    left.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    right.set(xlabel="predicted class", ylabel="share of the validation pictures")
    right.set_xticks(places, classes)
    right.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    for axis in (left, right):
        axis.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return figure


def rate_range_figure(ranges: pd.DataFrame) -> Figure:
    """Loss against rate, one panel a model, with the suggested rate."""
    models = list(pd.unique(ranges["model"]))
    figure, axes = panels(len(models), "learning rate", "loss of a batch", columns=3)
    for axis, model in zip(axes, models, strict=True):
        rates, losses = (
            ranges.loc[ranges["model"] == model, column].to_numpy() for column in ("rate", "loss")
        )
        rate = suggested_rate(rates, losses)
        averages = smoothed(losses)
        axis.plot(rates, losses, ".", color="#BBBBBB", label="loss of a batch")
        axis.plot(rates, averages, color=COLOURS[0], label="smoothed")
        axis.axvline(rate, color=COLOURS[1], linestyle="--", label="suggested rate")
        axis.set_xscale("log")
        axis.set_ylim(0, 1.15 * min(losses.max(), 2 * averages[0]))
        axis.set_title(f"{model}: suggested {rate:.1g}", loc="left", fontsize=11)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
    return figure


def curves_figure(
    curves: Mapping[str, pd.Series], y_label: str, levels: Mapping[str, float]
) -> Figure:
    """Shares by epoch, one line a curve (indexed by epoch), with `levels` as dotted lines."""
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


def statistics_figure(scores: pd.DataFrame) -> Figure:
    """Validation scores by epoch, by both statistics; a thin line a seed, a thick one the mean."""
    figure = Figure(figsize=(9.5, 3.8), layout="constrained")
    axes = figure.subplots(1, 2)
    for axis, metric in zip(axes, ("accuracy", "log_loss"), strict=True):
        for number, statistics in enumerate(pd.unique(scores["statistics"])):
            table = scores[scores["statistics"] == statistics].pivot_table(
                index="epoch", columns="seed", values=metric
            )
            axis.plot(table.index, table, color=COLOURS[number], linewidth=0.7, alpha=0.6)
            axis.plot(
                table.index,
                table.mean(axis=1),
                color=COLOURS[number],
                marker=MARKERS[number],
                linewidth=2,
                clip_on=False,
                label=statistics if metric == "accuracy" else None,
            )
        axis.set(xlabel="epoch", ylabel=f"validation {metric.replace('_', ' ')}")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        axis.spines[["top", "right"]].set_visible(False)
        axis.set_ylim(bottom=0)
    axes[0].yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return figure


def validation_size_figure(table: pd.DataFrame, difference: float) -> Figure:
    """Spread of both scores against size by both ways, beside what can be told apart."""
    figure = Figure(figsize=(12, 3.9), layout="constrained")
    axes = figure.subplots(1, 3)
    plots = (
        ("accuracy", "spread", 100, "spread of accuracy (points)"),
        ("log_loss", "spread", 1, "spread of log loss"),
        ("accuracy", "difference_spread", 196, "difference that can be told (points)"),
    )
    for axis, (metric, column, factor, label) in zip(axes, plots, strict=True):
        for number, way in enumerate(pd.unique(table["way"])):
            rows = table[(table["way"] == way) & (table["metric"] == metric)]
            axis.plot(
                rows["size"],
                factor * rows[column],
                marker=MARKERS[number],
                color=COLOURS[number],
                label=f"drawn by {way}" if axis is axes[0] else None,
            )
        axis.set(xscale="log", yscale="log", xlabel="pictures in the validation set")
        axis.set_ylabel(label)
        axis.spines[["top", "right"]].set_visible(False)
        axis.yaxis.set_major_formatter("{x:g}")
        axis.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.yaxis.set_minor_formatter(NullFormatter())
        axis.xaxis.set_major_formatter("{x:g}")
    wanted = f"wanted: {100 * difference:g} points"
    axes[2].axhline(100 * difference, color=GREY, linestyle=":", label=wanted)
    figure.legend(loc="outside lower center", ncols=3, frameon=False)
    return figure


def sweep_figure(evidence: pd.DataFrame, units: Mapping[str, str]) -> Figure:
    """Gain in accuracy over no augmentation against level, one panel a type."""
    types = list(pd.unique(evidence["type"]))
    label = "gain in accuracy (points)"
    figure, axes = panels(len(types), "", label, columns=3, share_y=True)
    figure.supxlabel("lines: 95 % intervals over groups; diamonds: chosen", fontsize=10)
    for axis, name in zip(axes, types, strict=True):
        rows = evidence[evidence["type"] == name]
        places = np.arange(1, len(rows) + 1)
        gains = 100 * rows["gain"].to_numpy()
        errors = [gains - 100 * rows["ci_low"], 100 * rows["ci_high"] - gains]
        axis.axhline(0, color=GREY, linewidth=1)
        axis.errorbar(
            [0, *places],
            [0, *gains],
            yerr=np.hstack([np.zeros((2, 1)), np.maximum(errors, 0)]),
            fmt="o-",
            color=COLOURS[0],
            capsize=3,
        )
        chosen = (rows["chosen"] == 1).to_numpy()
        axis.plot(places[chosen], gains[chosen], "D", color=COLOURS[1], markersize=9, zorder=3)
        axis.set_xticks([0, *places], ["none", *rows["level"]])
        axis.set_xlabel(units[name])
        title = name.replace("_", " ")
        taken = f": {rows['level'][chosen].iloc[0]} chosen" if chosen.any() else ": none chosen"
        axis.set_title(title + taken, loc="left", fontsize=11)
    return figure
