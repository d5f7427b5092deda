"""Pictures of the models of ratings: their scores, learning, and errors."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator
from numpy.typing import NDArray

from practical_dl.movies.models.rating_models import PICTURED, TITLES, of_sampled
from practical_dl.movies.pages.errors_by import covered_share, error_by_spread, rmse_by_popularity
from practical_dl.movies.pages.shared import MARKERS
from practical_dl.report.plotting import COLOURS, GREY, new_axes, scores_figure
from practical_dl.report.wording import percent
from practical_dl.scoring.interval import Interval
from practical_dl.training.fit import best_epoch

BOX_WIDTH = 0.32
TICKS = (1, 1.2, 1.5, 2, 3, 4, 5, 6, 7, 8, 9)


def rmse_figure(models: pd.DataFrame) -> Figure:
    """RMSE of every model of the table with its interval, the best on top; controls in grey."""
    rows = models.sort_values("rmse", ascending=False)
    figure, axes = scores_figure(
        [TITLES.get(name, name) for name in rows["model"]],
        [Interval.of(row, "rmse") for row in rows.to_dict("records")],
        "RMSE (stars), 95 % interval over users, right is better",
    )
    axes.invert_xaxis()
    return figure


def model_figures(
    predictions: Mapping[str, pd.DataFrame],
    histories: Mapping[str, pd.DataFrame],
    spread: NDArray[np.float64],
    train: pd.DataFrame,
    seed: int,
) -> dict[str, Figure]:
    """The pictures by name.

    Args:
        predictions, histories: by model. spread: of the sampled model's predictions (n,).
    """
    own = of_sampled(predictions, "bayes")
    shown = [own if model == "bayes" else model for model in PICTURED]
    pictured = {model: predictions[model] for model in shown}
    by_popularity = {
        model: rmse_by_popularity(found, train, seed) for model, found in pictured.items()
    }
    sampled = predictions[own]
    by_spread = error_by_spread(sampled, spread, seed)
    return {
        "lesson_models": lesson_figure(histories),
        "predicted_stars": stars_figure(pictured),
        "error_by_popularity": popularity_figure(by_popularity),
        "uncertainty": _uncertainty_figure(by_spread, covered_share(sampled, spread)),
    }


def lesson_figure(histories: Mapping[str, pd.DataFrame]) -> Figure:
    """RMSE on inner rows by epoch of the lesson's models; a ring marks the epoch that is kept."""
    figure, axes = new_axes("epoch", "RMSE on inner rows (stars)", size=(8.0, 4.5))
    for place, (model, history) in enumerate(histories.items()):
        rmse = np.sqrt(history["inner_plain_loss"])
        colour, kept = COLOURS[place], best_epoch(history)
        axes.plot(
            history["epoch"], rmse, marker=MARKERS[place], color=colour, label=TITLES.get(model)
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


def stars_figure(predictions: Mapping[str, pd.DataFrame]) -> Figure:
    """A panel per model with a box of its predictions per true rating, and the line of equality.

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
        axes.set_title(TITLES.get(model, model), loc="left", fontsize=12)
        axes.set_xticks(stars, [f"{star:g}" for star in stars], fontsize=11)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    panels[0].legend(fontsize=11, frameon=False, loc="upper left")
    panels[0].set_ylabel("predicted rating (stars)", fontsize=12)
    figure.supxlabel("true rating (stars)", fontsize=12)
    return figure


def popularity_figure(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """RMSE by the number of training ratings of the movie: tables of `rmse_by_popularity`."""
    figure, axes = new_axes(
        "training ratings of the movie, and number of predictions",
        "RMSE (stars), 95 % interval over users",
        size=(9.0, 4.8),
    )
    shift = 0.6 / len(tables)
    for place, (model, found) in enumerate(tables.items()):
        rmse = found["value"]
        axes.errorbar(
            np.arange(len(found)) + (place - (len(tables) - 1) / 2) * shift,
            rmse,
            [rmse - found["ci_low"], found["ci_high"] - rmse],
            fmt=MARKERS[place],
            color=COLOURS[place],
            capsize=3,
            label=TITLES.get(model, model),
        )
    first = next(iter(tables.values()))
    ranges = [
        f"{least:,}" if least == most else f"{least:,}\u2013{most:,}"
        for least, most in zip(first["least"], first["most"], strict=True)
    ]
    axes.set_xticks(
        range(len(first)), [f"{text}\n{n:,}" for text, n in zip(ranges, first["n"], strict=True)]
    )
    axes.legend(fontsize=11, frameon=False)
    return figure


def _uncertainty_figure(tenths: pd.DataFrame, covered: float) -> Figure:
    """Error that is found against the error that is stated: a table of `error_by_spread`."""
    figure, axes = new_axes(
        "stated spread of a rating (stars), tenths of the predictions",
        "RMSE found (stars), 95 % interval over users",
        f"{percent(covered)} of ratings lie within 1.96 stated spreads (95 % if right)",
        size=(7.0, 4.8),
    )
    ends = [tenths["spread"].min() * 0.95, tenths["spread"].max() * 1.05]
    axes.plot(ends, ends, color=COLOURS[1], linestyle="--", label="found = stated")
    rmse = tenths["value"]
    axes.errorbar(
        tenths["spread"],
        rmse,
        [rmse - tenths["ci_low"], tenths["ci_high"] - rmse],
        fmt="o",
        color=COLOURS[0],
        capsize=4,
        label="found, a tenth of the predictions each",
    )
    axes.legend(fontsize=11, frameon=False)
    return figure
