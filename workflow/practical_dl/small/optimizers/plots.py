"""Pictures of the descents on the line: over the loss surface, and loss against step."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.small.optimizers.line import INTERCEPT, SLOPE, START, mean_loss
from practical_dl.small.optimizers.runs import FORM_TITLES, TITLES

SLOPES = (-1.0, 5.0)
INTERCEPTS = (-8.0, 48.0)
FORM_LINES = (("papers", "#FFFFFF", 3.6), ("lecture", COLOURS[1], 1.6))
LEAST_SHOWN = 1e-12
LOSS_LABEL = "mean squared error"


def surface_figure(paths: pd.DataFrame) -> Figure:
    """Each method's way over the same loss surface, in the lecture's form and in the paper's."""
    figure = Figure(figsize=(15, 8.4), layout="constrained")
    grid = figure.subplots(2, 4, sharex=True, sharey=True)
    for axes, (method, title) in zip(grid.flat, TITLES.items(), strict=False):
        _draw_surface(axes)
        axes.set_title(title, loc="left", fontsize=15)
        for form, colour, width in FORM_LINES:
            path = paths[(paths["method"] == method) & (paths["form"] == form)]
            _draw_path(axes, path, colour, width)
        _mark_ends(axes)
    for axes in grid[:, 0]:
        axes.set_ylabel("intercept", fontsize=13)
    for axes in (*grid[1, :3], grid[0, 3]):
        axes.set_xlabel("slope", fontsize=13)
    grid[0, 3].tick_params(labelbottom=True)
    _explain(grid[1, 3])
    return figure


def _draw_surface(axes: Axes) -> None:
    """Mean squared error by slope and intercept: a narrow valley, low error dark."""
    slopes = np.linspace(*SLOPES, 200)
    intercepts = np.linspace(*INTERCEPTS, 200)
    errors = mean_loss(*np.meshgrid(slopes, intercepts))
    axes.contourf(
        slopes,
        intercepts,
        errors,
        levels=np.logspace(0, 5, 21),
        norm=LogNorm(),
        cmap="cividis",
        extend="both",
    )
    axes.set_xlim(*SLOPES)
    axes.set_ylim(*INTERCEPTS)
    axes.tick_params(labelsize=11)


def _mark_ends(axes: Axes) -> None:
    """The start, and the answer that all methods look for."""
    axes.plot(*START, "o", color="white", markeredgecolor="black", markersize=9, zorder=5)
    axes.plot(
        SLOPE, INTERCEPT, "*", color=COLOURS[4], markeredgecolor="black", markersize=18, zorder=5
    )


def _draw_path(axes: Axes, path: pd.DataFrame, colour: str, width: float) -> None:
    """Every step as a hair, and the places after each epoch as a line that ends in a square."""
    steps = path[["slope", "intercept"]].clip(-1e4, 1e4)
    ends = steps[~path["epoch"].duplicated(keep="last")].to_numpy().T
    axes.plot(*steps.to_numpy().T, color=colour, linewidth=0.4, alpha=0.5)
    axes.plot(*ends, color=colour, linewidth=width)
    axes.plot(*ends[:, -1:], "s", color=colour, markeredgecolor="black", markersize=9, zorder=4)


def _explain(axes: Axes) -> None:
    """The eighth panel: what the signs mean."""
    axes.axis("off")
    axes.add_patch(Rectangle((0, 0), 1, 1, transform=axes.transAxes, color="#8A8A7A"))
    signs: dict[str, dict[str, Any]] = {
        "start: slope 1, intercept 1": {"marker": "o", "mfc": "white", "mec": "black", "lw": 0},
        "the answer: 2 and 30": {"marker": "*", "mfc": COLOURS[4], "mec": "black", "lw": 0},
        "the lecture's form, by epoch": {"color": FORM_LINES[1][1], "lw": 2},
        "the papers' form, by epoch": {"color": FORM_LINES[0][1], "lw": 4},
        "single steps": {"color": "white", "lw": 0.6},
        "where the run ended": {"marker": "s", "mfc": "white", "mec": "black", "lw": 0},
    }
    handles = [Line2D([], [], ms=11, **sign) for sign in signs.values()]
    axes.legend(handles, signs, loc="center", fontsize=13, frameon=False, labelspacing=1.2)


def loss_figure(paths: pd.DataFrame) -> Figure:
    """Error over all points against the epoch, the lecture's form beside the paper's."""
    figure = Figure(figsize=(14, 5.6), layout="constrained")
    grid = figure.subplots(1, 2, sharey=True)
    for axes, (form, form_title) in zip(grid, FORM_TITLES.items(), strict=True):
        axes.set_title(form_title, loc="left", fontsize=15)
        for colour, (method, title) in zip(COLOURS, TITLES.items(), strict=True):
            path = paths[(paths["method"] == method) & (paths["form"] == form)]
            by_epoch = path.groupby("epoch")["mean_squared_error"].last()
            shown = by_epoch.clip(LEAST_SHOWN, 1e18)
            dashes = "--" if method == "momentum" else "-"  # it often lies on SGD
            axes.plot(shown.index, shown, dashes, color=colour, linewidth=1.8, label=title)
        _style_loss_axes(axes)
    grid[0].set_ylabel(f"{LOSS_LABEL} over the 29 points", fontsize=13)
    handles, labels = grid[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=7, fontsize=12, frameon=False)
    return figure


def _style_loss_axes(axes: Axes) -> None:
    axes.set_yscale("log")
    axes.set_xlabel("epoch of 29 steps", fontsize=13)
    axes.tick_params(labelsize=11)
    axes.grid(axis="y", color="#DDDDDD")
    axes.axhline(1, color=GREY, linestyle=":", linewidth=1)
    axes.spines[["top", "right"]].set_visible(False)
