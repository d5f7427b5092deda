"""Pictures of pseudo-labels: what they give, how they change by round, and why they can work."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from practical_dl.images.pages.sample_plots import panels
from practical_dl.images.pseudo_labels.scores import CALIBRATED, HELD_OUT
from practical_dl.images.pseudo_labels.two_moons import Points, Step
from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.report.wording import percent

MARKERS = {"pool": "o", "untouched": "s", HELD_OUT: "D"}
PART_NAMES = {
    "pool": "drivers in the pool",
    "untouched": "drivers outside the pool",
    HELD_OUT: "held-out drivers, none in the pool",
}
CONTROL_LINES = {"untouched": "x-", HELD_OUT: "x--"}
LINES = ("o-", "s--", "D-.", "^:", "v-", "P--")


def gains_by_setting(table: pd.DataFrame, names: Mapping[str, str]) -> Figure:
    """What each setting does better than the control, by part of the held-out pictures.

    Positive is better; intervals are over drivers.

    `table` are rows of `score_table` of one round, `names` what each setting is called, in order.
    """
    figure = Figure(figsize=(14, 1.8 + 0.5 * len(names)), layout="constrained")
    axes = figure.subplots(1, 3, sharey=True)
    places = {setting: len(names) - number for number, setting in enumerate(names)}
    units = {
        CALIBRATED: "gain in calibrated log loss (nats)",
        "accuracy": "gain in accuracy (points)",
        "log_loss": "gain in log loss as it is (nats)",
    }
    for axis, (metric, unit) in zip(axes, units.items(), strict=True):
        rows = table[(table["metric"] == metric) & table["setting"].isin(list(names))]
        for number, (part, marker) in enumerate(MARKERS.items()):
            of_part = rows[rows["part"] == part]
            gain = of_part["gain"].to_numpy()
            ends = [gain - of_part["gain_low"], of_part["gain_high"] - gain]
            centre = 0 if part == HELD_OUT else 0.14 - 0.28 * number
            axis.errorbar(
                gain,
                of_part["setting"].map(places).to_numpy(float) + centre,
                xerr=np.maximum(ends, 0),
                fmt=marker,
                color=COLOURS[number],
                capsize=3,
                label=PART_NAMES[part],
            )
        axis.axvline(0, color=GREY, linewidth=1)
        axis.set_xlabel(unit, fontsize=11)
        axis.locator_params(axis="x", nbins=5)
        axis.spines[["top", "right"]].set_visible(False)
        axis.grid(axis="x", color="#DDDDDD", linewidth=0.8)
        axis.set_axisbelow(True)
    axes[1].xaxis.set_major_formatter(PercentFormatter(1, symbol=""))
    axes[0].set_yticks(list(places.values()), list(names.values()), fontsize=11)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, fontsize=11, frameon=False)
    return figure


def progress_figure(
    scores: pd.DataFrame, progress: pd.DataFrame, names: Mapping[str, str]
) -> Figure:
    """Score by round, and of the predicted labels what changed, agreed and was right.

    A setting that is scored on two parts shows the drivers outside the pool. The control, `none`,
    has no labels to tell of; its scores stand there in black, for each of the parts.
    """
    shown = [setting for setting in names if setting != "none"]
    figure, axes = panels(4, "round", "")
    losses = scores[scores["metric"] == "log_loss"]
    start = losses[losses["round"] == 0]
    for number, setting in enumerate(shown):
        style: dict[str, Any] = {"color": COLOURS[number % len(COLOURS)], "label": names[setting]}
        line = LINES[number % len(LINES)]
        of_setting = losses[losses["setting"] == setting]
        part = "untouched" if "untouched" in set(of_setting["part"]) else HELD_OUT
        joined = pd.concat([start, of_setting])
        of_part = joined[joined["part"] == part]
        axes[0].plot(of_part["round"], of_part["value"], line, **style)
        rounds = progress[progress["setting"] == setting]
        axes[1].plot(rounds["round"], rounds["changed"], line, **style)
        axes[2].plot(rounds["round"], rounds["agreement"], line, **style)
        for column in ("valid_right", "test_right"):
            known = rounds.dropna(subset=[column])
            axes[3].plot(known["round"], known[column], line, **style)
    for part in ("untouched", HELD_OUT):
        control = losses[(losses["setting"] == "none") & (losses["part"] == part)]
        of_control = pd.concat([start[start["part"] == part], control])
        if len(of_control):
            line, name = CONTROL_LINES[part], f"without, on {PART_NAMES[part]}"
            axes[0].plot(of_control["round"], of_control["value"], line, color="black", label=name)
    titles = (
        "log loss, on drivers that are in no pool",
        "predicted labels that changed in the round",
        "agreement with the round before",
        "pseudo-labels trained on that are right",
    )
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, loc="left", fontsize=11)
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    for axis in axes[1:]:
        axis.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=10, frameon=False)
    return figure


def two_moons_figure(
    points: Points, axes_values: tuple[Points, Points], steps: Sequence[Step]
) -> Figure:
    """The plane after every step: how sure the model is, its boundary, and what it labelled."""
    columns = 3
    rows = -(-len(steps) // columns)
    figure = Figure(figsize=(4 * columns, 2.9 * rows), layout="constrained")
    colours = LinearSegmentedColormap.from_list("moons", [COLOURS[0], "#FFFFFF", COLOURS[1]])
    first = np.flatnonzero(steps[0].labels >= 0)
    panels_of_steps = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True).flat
    for number, (axis, step) in enumerate(zip(panels_of_steps, steps, strict=False)):
        axis.contourf(*axes_values, step.surface, 20, cmap=colours, vmin=0, vmax=1, alpha=0.6)
        axis.contour(*axes_values, step.surface, [0.5], colors="black", linewidths=1.5)
        axis.scatter(*points[step.labels < 0].T, s=10, color=GREY)
        for label, marker in ((0, "o"), (1, "^")):
            chosen = step.labels == label
            axis.scatter(*points[chosen].T, s=14, color=COLOURS[label], marker=marker)
            true = first[steps[0].labels[first] == label]
            style: dict[str, Any] = {"color": COLOURS[label], "edgecolor": "black", "zorder": 3}
            axis.scatter(*points[true].T, s=130, marker=marker, **style)
        name = "two labels" if number == 0 else f"round {number}"
        axis.set_title(f"{name}: {percent(step.accuracy)} right", loc="left", fontsize=11)
        axis.set(xticks=[], yticks=[])
    for axis in figure.axes[len(steps) :]:
        axis.set_visible(False)
    return figure
