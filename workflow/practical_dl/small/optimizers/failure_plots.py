"""One picture with six panels: how each method fails, and what mends the last."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.small.optimizers.failures import saddle_height
from practical_dl.small.optimizers.line import INTERCEPT, SLOPE, X
from practical_dl.small.optimizers.plots import LEAST_SHOWN

LAST_EPOCHS = 3
MOST_SHOWN = 1e30


def failures_figure(failures: pd.DataFrame, paths: pd.DataFrame) -> Figure:
    """Six panels, each with its own title; `failures` and `paths` as the pipeline wrote them."""
    figure = Figure(figsize=(15, 9.4), layout="constrained")
    grid = figure.subplots(2, 3)
    _draw_losses(grid[0, 0], failures, "diverging rate", "A rate too high diverges")
    _draw_saddle(grid[0, 1], failures)
    _draw_losses(grid[0, 2], failures, "Adagrad", "Adagrad explodes, or stalls")
    _draw_circles(grid[1, 0], failures)
    _draw_losses(grid[1, 1], failures, "Eve", "Eve finds the answer and jumps away")
    _mark_least(grid[1, 1], failures[failures["picture"] == "Eve"])
    _draw_annealing(grid[1, 2], paths)
    return figure


def _draw_losses(axes: Axes, failures: pd.DataFrame, picture: str, title: str) -> None:
    runs = failures[failures["picture"] == picture]
    for colour, (name, run) in zip(COLOURS, runs.groupby("run", sort=False), strict=False):
        axes.plot(
            run["step"] / len(X),
            run["loss"].clip(LEAST_SHOWN, MOST_SHOWN),
            color=colour,
            label=name,
            linewidth=1.6,
        )
    axes.set_yscale("log")
    _style(axes, title, "epoch of 29 steps", "mean squared error")
    axes.legend(fontsize=11, frameon=False)


def _mark_least(axes: Axes, run: pd.DataFrame) -> None:
    least = run.iloc[int(run["loss"].argmin())]
    axes.plot(least["step"] / len(X), least["loss"], "o", color=COLOURS[1], markersize=9)
    axes.annotate(
        "closest",
        (least["step"] / len(X), least["loss"]),
        xytext=(10, -2),
        textcoords="offset points",
        fontsize=11,
        color=COLOURS[1],
    )


def _draw_saddle(axes: Axes, failures: pd.DataFrame) -> None:
    u, v = np.meshgrid(np.linspace(-1.7, 1.0, 120), np.linspace(-0.8, 0.8, 120))
    axes.contour(u, v, saddle_height(u, v), levels=24, cmap="Greys_r", linewidths=0.8)
    runs = failures[failures["picture"] == "saddle"]
    for colour, (name, run) in zip(COLOURS, runs.groupby("run", sort=False), strict=False):
        axes.plot(run["first"], run["second"], ".-", color=colour, label=name, markersize=4)
        axes.plot(run["first"].iloc[-1], run["second"].iloc[-1], "s", color=colour, markersize=9)
    axes.plot(0, 0, "x", color="black", markersize=10, markeredgewidth=2, label="saddle")
    axes.plot(-1, 0, "*", color=COLOURS[4], markeredgecolor="black", markersize=16, label="minimum")
    _style(axes, "Momentum crosses a saddle, SGD stays", "u", "v")
    axes.legend(fontsize=11, frameon=False, loc="lower left", ncols=2)


def _draw_circles(axes: Axes, failures: pd.DataFrame) -> None:
    runs = failures[failures["picture"] == "RMSProp"]
    for colour, (name, run) in zip(COLOURS, runs.groupby("run", sort=False), strict=False):
        last = run.tail(LAST_EPOCHS * len(X))
        axes.plot(
            last["first"], last["second"], ".-", color=colour, label=name, markersize=5, linewidth=1
        )
    axes.plot(SLOPE, INTERCEPT, "*", color=COLOURS[4], markeredgecolor="black", markersize=18)
    _style(axes, f"RMSProp circles the answer (last {LAST_EPOCHS} epochs)", "slope", "intercept")
    axes.legend(fontsize=11, frameon=False)


def _draw_annealing(axes: Axes, paths: pd.DataFrame) -> None:
    lecture = paths[paths["form"] == "lecture"]
    for colour, method, label in (
        (COLOURS[0], "adam", "Adam at a fixed rate"),
        (COLOURS[1], "annealing", "with the annealing"),
    ):
        path = lecture[lecture["method"] == method]
        by_epoch = path.groupby("epoch")["mean_squared_error"].last().clip(LEAST_SHOWN, MOST_SHOWN)
        axes.plot(by_epoch.index, by_epoch, color=colour, label=label, linewidth=1.6)
    axes.set_yscale("log")
    _style(axes, "Adam, at a fixed rate and annealed", "epoch of 29 steps", "mean squared error")
    axes.legend(fontsize=11, frameon=False)


def _style(axes: Axes, title: str, x_label: str, y_label: str) -> None:
    axes.set_title(title, loc="left", fontsize=14)
    axes.set_xlabel(x_label, fontsize=12, color=GREY)
    axes.set_ylabel(y_label, fontsize=12, color=GREY)
    axes.tick_params(labelsize=11)
    axes.spines[["top", "right"]].set_visible(False)
