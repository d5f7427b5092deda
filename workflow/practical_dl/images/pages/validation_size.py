"""Page on the size of the validation set: the spread of a score from draw to draw."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from practical_dl.images.pages.sample_plots import MARKERS, question_page
from practical_dl.images.pictures.augmentation import NONE
from practical_dl.images.sample.trainings import Runs, paired_rows, row_scores
from practical_dl.images.sample.validation_size import HALF_WIDTH, smallest_size, spread_table
from practical_dl.report.plotting import COLOURS, GREY


@dataclass(frozen=True)
class Draws:
    """Sizes of the sets that are drawn, how many of each, the difference to be told (a share)."""

    sizes: Sequence[int]
    draws: int
    difference: float


def validation_size_page(
    without: Runs, other: str, scores: pd.DataFrame, drawn: Draws, seed: int
) -> str:
    """The page as HTML: a model `without` augmentation, and the row `scores` of an`other` one."""
    control = row_scores(without, NONE)
    differences = paired_rows(scores, control)
    table = spread_table(control, differences, drawn.sizes, drawn.draws, seed)
    return question_page(
        "How big must the validation set be?",
        size_answer(table, drawn.difference),
        _figure(table, drawn.difference),
        "Spread of a score from draw to draw, and the difference it can tell, by size of the set",
        validation_size_shown(table),
        [_drawn_from(table, control, other)],
        spread_table,
    )


def size_answer(table: pd.DataFrame, difference: float) -> str:
    """Which size is enough, by pictures and by drivers."""
    needed = {
        way: smallest_size(table, way, "accuracy", difference) for way in ("picture", "driver")
    }
    return (
        f"To tell two models {100 * difference:g} points apart takes {_size(needed['driver'])} "
        f"when whole drivers are drawn; {_size(needed['picture'])} would seem enough by single "
        f"pictures, as the lesson drew them."
    )


def _drawn_from(table: pd.DataFrame, control: pd.DataFrame, other: str) -> str:
    counts = control["group"].value_counts()
    accuracy = table[table["metric"] == "accuracy"].set_index(["way", "size"])["spread"]
    size = min(table["size"], key=lambda size: abs(size - 1000))
    by_picture, by_driver = accuracy["picture", size], accuracy["driver", size]
    return (
        f"The two models are conv1 with {other} and without. At {size:,} pictures the accuracy of "
        f"conv1 spreads by {100 * by_picture:.2f} points when single pictures are drawn and by "
        f"{100 * by_driver:.2f} when whole drivers are: {by_driver / by_picture:.2f} times as "
        f"much. Drawn with replacement from {len(counts)} drivers with {counts.mean():.0f} "
        "pictures each in the mean. A spread is the standard deviation over the draws; the "
        f"smallest difference that can be told (95 %) is {HALF_WIDTH:g} spreads."
    )


def _size(size: int | None) -> str:
    return "more pictures than were tried" if size is None else f"{size:,} pictures"


def validation_size_shown(table: pd.DataFrame) -> pd.DataFrame:
    """The table of spreads in plain words, without groups where none are drawn."""
    is_share = table["metric"] == "accuracy"
    return pd.DataFrame(
        {
            "drawn by": table["way"],
            "pictures": table["size"].map("{:,}".format),
            "drivers": table["groups"].astype(str).replace("0", ""),
            "score": table["metric"].str.replace("_", " "),
            "spread of the score": _spreads(table["spread"], is_share),
            "spread of the difference": _spreads(table["difference_spread"], is_share),
            "difference that can be told": _spreads(
                HALF_WIDTH * table["difference_spread"], is_share
            ),
        }
    )


def _spreads(spreads: "pd.Series[float]", is_share: "pd.Series[bool]") -> "pd.Series[str]":
    in_words = (100 * spreads).map("{:.2f} points".format)
    return in_words.where(is_share, spreads.map("{:.4f}".format))


def _figure(table: pd.DataFrame, difference: float) -> Figure:
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
