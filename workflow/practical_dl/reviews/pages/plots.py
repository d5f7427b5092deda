"""Pictures of the models of reviews: accuracy by length, calibration, learning curves."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from numpy.typing import NDArray

from practical_dl.report.plotting import COLOURS, scores_figure
from practical_dl.reviews.corpus.about import About
from practical_dl.reviews.models.runs import Runs, row_hits
from practical_dl.reviews.titles import TITLES
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import share_score

CALIBRATION_BINS = 10
LENGTH_BINS = 8
PANELS_PER_ROW = 4


def pictures_of(
    model: str, runs: Runs, lengths: pd.Series, about: About, seed: int
) -> tuple[Figure, Figure]:
    """Accuracy by length, and calibration, of one model on the test reviews.

    Args:
        lengths: words of each review, before any cut, by review id.
    """
    tested = lengths.loc[list(runs.ids)].to_numpy()
    table = accuracy_by_length(row_hits(runs), tested, runs.films, LENGTH_BINS, seed)
    return (
        accuracy_by_length_figure(table, TITLES[model], about),
        calibration_figure(runs, TITLES[model], about),
    )


def accuracy_figure(models: pd.DataFrame) -> Figure:
    """Accuracy of every model with its interval, in the table's order; controls in grey."""
    figure, axes = scores_figure(
        [TITLES[name] for name in models["model"]],
        [Interval.of(row, "accuracy") for row in models.to_dict("records")],
        "test reviews right, 95 % interval, right is better",
    )
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    return figure


def accuracy_by_length(
    hits: NDArray[np.float64],
    lengths: NDArray[np.int64],
    films: NDArray[Any],
    bins: int,
    seed: int,
) -> pd.DataFrame:
    """Accuracy in `bins` groups of equally many reviews, from the shortest to the longest.

    Args:
        hits: (n,) 1 where the prediction was right, else 0.
        lengths: (n,) words of each review, before any cut.
        films: (n,) the groups that intervals resample.

    Returns:
        shortest and longest review of the bin in words, count, value, ci_low, ci_high. Reviews
        of one length stay in one bin; where that leaves a bin empty, there are fewer.
    """
    borders = np.unique(np.quantile(lengths, np.linspace(0, 1, bins + 1)))[1:-1]
    part = np.searchsorted(borders, lengths)
    rows = []
    for number in np.unique(part):
        chosen = part == number
        rows.append(
            {
                "shortest": int(lengths[chosen].min()),
                "longest": int(lengths[chosen].max()),
                "count": int(chosen.sum()),
                **share_score(hits[chosen], films[chosen], seed).columns(),
            }
        )
    return pd.DataFrame(rows)


def accuracy_by_length_figure(table: pd.DataFrame, title: str, about: About) -> Figure:
    """Accuracy with its 95 % interval over the bins of `accuracy_by_length`."""
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.add_subplot()
    places = np.arange(len(table))
    axes.vlines(places, table["ci_low"], table["ci_high"])
    axes.plot(places, table["value"], "o")
    names = [
        f"{shortest}-{longest}\nn = {count:,}"
        for shortest, longest, count in table[["shortest", "longest", "count"]].to_numpy()
    ]
    axes.set_xticks(places, names)
    axes.set_xlabel("words in the review")
    axes.set_ylabel("accuracy")
    axes.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    axes.set_title(f"{title}: 95 % intervals over {about.units}", loc="left", fontsize=11)
    axes.grid(axis="y", alpha=0.3)
    return figure


def calibration_figure(runs: Runs, title: str, about: About) -> Figure:
    """Share of positive reviews among those of nearly the same probability, and their number.

    Of more than two classes: share of reviews that were called rightly, by the probability of the
    class that they were given.

    Args:
        title: of the model.
    """
    said = runs.mean()
    if len(runs.classes) == 2:
        probabilities, labels = said[:, 1], runs.labels
        asked, of = f"{_plain(about.adjective(1))} reviews", f"{_plain(about.a(1))} review"
    else:
        probabilities, labels = said.max(axis=1), (said.argmax(axis=1) == runs.labels).astype(int)
        asked, of = "reviews called rightly", "the class given"
    figure = Figure(figsize=(6, 6.5), layout="constrained")
    curve, counts = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    share, mean = calibration_curve(labels, probabilities, CALIBRATION_BINS)
    _draw_curve(curve, mean, share, title)
    curve.set_ylabel(f"share of {asked}")
    counts.hist(probabilities, bins=CALIBRATION_BINS, range=(0, 1), edgecolor="white")
    counts.set_xlabel(f"predicted probability of {of}")
    counts.set_ylabel("reviews")
    return figure


def calibration_curve(
    labels: NDArray[np.int64], probabilities: NDArray[np.float64], bins: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of positive reviews and mean probability in each of `bins` bins that is not empty.

    As scikit-learn's function of this name, whose import takes a second.
    """
    borders = np.linspace(0, 1, bins + 1)
    part = np.searchsorted(borders[1:-1], probabilities)
    counts, positive = (np.bincount(part, weights, bins) for weights in (None, labels))
    filled = counts > 0
    total = np.bincount(part, probabilities, bins)
    return positive[filled] / counts[filled], total[filled] / counts[filled]


def learning_curves_figure(histories: Mapping[str, pd.DataFrame], about: About) -> Figure:
    """Log loss by epoch, one panel per network; on validation films solid.

    Args:
        histories: by network: epoch, plain_loss and inner_plain_loss.
    """
    columns = min(PANELS_PER_ROW, len(histories))
    rows = -(-len(histories) // columns)
    figure = Figure(figsize=(3.6 * columns, 2.8 * rows), layout="constrained")
    panels = figure.subplots(rows, columns, sharey=True, squeeze=False).ravel()
    for axes in panels[len(histories) :]:
        axes.set_axis_off()
    for axes, (name, history) in zip(panels, histories.items(), strict=False):
        axes.plot(history["epoch"], history["plain_loss"], ".--", color=COLOURS[0])
        axes.plot(history["epoch"], history["inner_plain_loss"], "o-", color=COLOURS[1])
        axes.set_title(TITLES[name], loc="left", fontsize=10)
        axes.set_xlabel("epoch")
        axes.set_ylabel("log loss")
        axes.label_outer()
        axes.tick_params(labelbottom=True)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        axes.grid(alpha=0.3)
    lines = panels[0].lines[:2]
    labels = ["training reviews", f"validation {about.units}"]
    figure.legend(lines, labels, loc="outside lower center", ncols=2, frameon=False)
    return figure


def _draw_curve(
    axes: Axes, mean: NDArray[np.float64], share: NDArray[np.float64], title: str
) -> None:
    axes.plot([0, 1], [0, 1], linestyle="--", color="grey", label="perfect calibration")
    axes.plot(mean, share, marker="o", label=title)
    axes.set_title("Does the predicted probability come true?")
    axes.legend(loc="upper left")
    axes.grid(alpha=0.3)


def _plain(text: str) -> str:
    """Text that Matplotlib draws as it is: dollar signs begin no formula."""
    return text.replace("$", r"\$")
