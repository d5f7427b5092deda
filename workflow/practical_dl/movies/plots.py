"""Pictures of how well ratings are predicted, as Matplotlib figures."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from practical_dl.plotting import COLOURS, new_axes

BOX_WIDTH = 0.32


def stars_figure(predictions: pd.DataFrame, title: str = "") -> Figure:
    """A box of the predictions for each true rating, beside the line where they would be right.

    Boxes span the middle half of the predictions, whiskers 5 to 95 %, the line is the median.
    `predictions` has columns true and prediction, in stars.
    """
    figure, axes = new_axes(
        "true rating (stars) and number of ratings", "predicted rating (stars)", title
    )
    by_star = predictions.groupby("true")["prediction"]
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
    counts = by_star.size()
    axes.set_xticks(stars, [f"{star:g}\n{counts[star]:,}" for star in stars])
    axes.legend(fontsize=11, frameon=False, loc="upper left")
    return figure


def popularity_figure(table: pd.DataFrame, title: str = "") -> Figure:
    """RMSE and its interval by how often a movie was rated: a table of `rmse_by_popularity`."""
    figure, axes = new_axes(
        "training ratings of the movie, and number of predictions",
        "RMSE (stars), 95 % interval over users",
        title,
        size=(8.0, 4.5),
    )
    rmse = table["value"]
    places = range(len(table))
    axes.errorbar(
        places,
        rmse,
        [rmse - table["ci_low"], table["ci_high"] - rmse],
        fmt="o",
        color=COLOURS[0],
        capsize=4,
    )
    ranges = [
        f"{least:,}" if least == most else f"{least:,}\u2013{most:,}"
        for least, most in zip(table["least"], table["most"], strict=True)
    ]
    axes.set_xticks(places, [f"{text}\n{n:,}" for text, n in zip(ranges, table["n"], strict=True)])
    return figure
