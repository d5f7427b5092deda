"""Pictures of how well ratings are predicted and of what was learned, as Matplotlib figures."""

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from practical_dl.movies.pages.model_table import NAMES
from practical_dl.report.plotting import COLOURS, GREY, new_axes
from practical_dl.report.wording import percent
from practical_dl.training.fit import best_epoch

BOX_WIDTH = 0.32
LINE = 100
TICKS = (1, 1.2, 1.5, 2, 3, 4, 5, 6, 7, 8, 9)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
LABEL_WIDTH, LABEL_HEIGHT = 0.22, 0.024


def stars_figure(predictions: Mapping[str, pd.DataFrame]) -> Figure:
    """For each model a box of its predictions by true rating, beside the line where they'd agree.

    Boxes span the middle half of the predictions, whiskers 5 to 95 %, the line is the median.
    The frames have columns true and prediction, in stars.
    """
    figure = Figure(figsize=(4.2 * len(predictions), 4.5), layout="constrained")
    panels = figure.subplots(1, len(predictions), sharey=True, squeeze=False)[0]
    for axes, (model, found) in zip(panels, predictions.items(), strict=True):
        by_star = found.groupby("true")["prediction"]
        stars = np.array(list(by_star.groups), dtype=np.float64)
        axes.plot(stars, stars, color=COLOURS[1], linestyle="--", label="predicted = true")
        axes.boxplot(
            [values.to_numpy() for _, values in by_star],
            positions=stars,
            widths=BOX_WIDTH,
            whis=(5, 95),
            showfliers=False,
            patch_artist=True,
            boxprops={"facecolor": COLOURS[5], "edgecolor": COLOURS[0]},
            medianprops={"color": COLOURS[6], "linewidth": 1.5},
            whiskerprops={"color": COLOURS[0]},
            capprops={"color": COLOURS[0]},
        )
        axes.set_title(NAMES.get(model, model), loc="left", fontsize=12)
        axes.set_xticks(stars, [f"{star:g}" for star in stars], fontsize=11)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    panels[0].legend(fontsize=11, frameon=False, loc="upper left")
    panels[0].set_ylabel("predicted rating (stars)", fontsize=12)
    figure.supxlabel("true rating (stars)", fontsize=12)
    return figure


def popularity_figure(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """RMSE and its interval by how often a movie was rated: tables of `rmse_by_popularity`."""
    figure, axes = new_axes(
        "training ratings of the movie, and number of predictions",
        "RMSE (stars), 95 % interval over users",
        size=(9.0, 4.8),
    )
    shift = 0.6 / len(tables)
    for place, (model, table) in enumerate(tables.items()):
        rmse = table["value"]
        axes.errorbar(
            np.arange(len(table)) + (place - (len(tables) - 1) / 2) * shift,
            rmse,
            [rmse - table["ci_low"], table["ci_high"] - rmse],
            fmt=MARKERS[place],
            color=COLOURS[place],
            capsize=3,
            label=NAMES.get(model, model),
        )
    table = next(iter(tables.values()))
    ranges = [
        f"{least:,}" if least == most else f"{least:,}\u2013{most:,}"
        for least, most in zip(table["least"], table["most"], strict=True)
    ]
    axes.set_xticks(
        range(len(table)), [f"{text}\n{n:,}" for text, n in zip(ranges, table["n"], strict=True)]
    )
    axes.legend(fontsize=11, frameon=False)
    return figure


def lesson_figure(histories: Mapping[str, pd.DataFrame]) -> Figure:
    """RMSE on inner rows by epoch of the lesson's models; a ring marks the epoch that is kept."""
    figure, axes = new_axes("epoch", "RMSE on inner rows (stars)", size=(8.0, 4.5))
    for place, (model, history) in enumerate(histories.items()):
        rmse = np.sqrt(history["inner_plain_loss"])
        colour, kept = COLOURS[place], best_epoch(history)
        axes.plot(
            history["epoch"], rmse, marker=MARKERS[place], color=colour, label=NAMES.get(model)
        )
        axes.plot(kept, rmse.iloc[kept - 1], "o", ms=13, mfc="none", mec=colour, mew=1.8)
    axes.plot([], [], "o", ms=13, mfc="none", mec=GREY, mew=1.8, label="the epoch kept")
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(LogLocator(subs=TICKS))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter("{x:.2f}")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(fontsize=11, frameon=False)
    return figure


def uncertainty_figure(table: pd.DataFrame, covered: float) -> Figure:
    """Stated against found error: a table of `predictions.error_by_spread`."""
    figure, axes = new_axes(
        "stated spread of a rating (stars), tenths of the predictions",
        "RMSE found (stars), 95 % interval over users",
        f"{percent(covered)} of ratings lie within 1.96 stated spreads (95 % if right)",
        size=(7.0, 4.8),
    )
    ends = [table["spread"].min() * 0.95, table["spread"].max() * 1.05]
    axes.plot(ends, ends, color=COLOURS[1], linestyle="--", label="found = stated")
    rmse = table["value"]
    axes.errorbar(
        table["spread"],
        rmse,
        [rmse - table["ci_low"], table["ci_high"] - rmse],
        fmt="o",
        color=COLOURS[0],
        capsize=4,
        label="found, a tenth of the predictions each",
    )
    axes.legend(fontsize=11, frameon=False)
    return figure


def content_figure(scores: pd.DataFrame, finding: str) -> Figure:
    """RMSE by training ratings, a line a model: `table_of_models` with a column ratings."""
    figure, axes = new_axes(
        "training ratings (log scale)", "RMSE (stars), 95 % interval over users", size=(8.5, 5.2)
    )
    for place, (model, part) in enumerate(scores.groupby("model", sort=False)):
        axes.errorbar(
            part["ratings"],
            part["rmse"],
            [part["rmse"] - part["rmse_low"], part["rmse_high"] - part["rmse"]],
            marker=MARKERS[place],
            color=COLOURS[place],
            capsize=3,
            label=NAMES.get(str(model), str(model)),
        )
    axes.set_xscale("log")
    counts = sorted(scores["ratings"].unique())
    axes.set_xticks(counts, [f"{count:,}" for count in counts])
    axes.xaxis.set_minor_formatter("")
    axes.legend(fontsize=11, frameon=False)
    figure.suptitle(textwrap.fill(finding, LINE), fontsize=11, x=0.02, ha="left")
    return figure


def components_figure(
    components: pd.DataFrame, pair: Sequence[int], shares: Sequence[float], labels: int
) -> Figure:
    """Movies by two principal components of their factors; the outermost ones are named."""
    figure, axes = new_axes(
        f"component {pair[0]} ({percent(shares[pair[0] - 1], 0)} of the variance)",
        f"component {pair[1]} ({percent(shares[pair[1] - 1], 0)} of the variance)",
        size=(11.0, 8.5),
    )
    places = components[[f"component_{number}" for number in pair]].to_numpy()
    axes.scatter(places[:, 0], places[:, 1], s=9, color=COLOURS[5], alpha=0.6, linewidths=0)
    named = _outermost(places, labels)
    axes.scatter(places[named, 0], places[named, 1], s=18, color=COLOURS[0])
    middle = np.median(places[:, 0])
    for row in named:
        right = places[row, 0] >= middle
        axes.annotate(
            _short(str(components["title"].iloc[row])),
            places[row],
            xytext=(-5 if right else 5, 0),
            textcoords="offset points",
            ha="right" if right else "left",
            va="center",
            fontsize=9.5,
        )
    axes.axhline(0, color=GREY, linewidth=0.6)
    axes.axvline(0, color=GREY, linewidth=0.6)
    return figure


def _outermost(places: np.ndarray, count: int) -> list[int]:
    """Rows far from the middle whose labels do not cover each other."""
    span = np.ptp(places, axis=0)
    scaled = (places - places.mean(axis=0)) / span
    right = places[:, 0] >= np.median(places[:, 0])
    left_ends = scaled[:, 0] - np.where(right, LABEL_WIDTH, 0)
    taken: list[int] = []
    for row in np.argsort(-np.hypot(*scaled.T), kind="stable"):
        beside = np.abs(left_ends[taken] - left_ends[row]) < LABEL_WIDTH
        level = np.abs(scaled[taken, 1] - scaled[row, 1]) < LABEL_HEIGHT
        if not (beside & level).any():
            taken.append(int(row))
        if len(taken) == count:
            break
    return taken


def _short(title: str, most: int = 28) -> str:
    return title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
