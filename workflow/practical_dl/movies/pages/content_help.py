"""The picture of the question: does content help, and with how many ratings?"""

import textwrap

import pandas as pd
from matplotlib.figure import Figure

from practical_dl.movies.models.rating_models import TITLES
from practical_dl.movies.pages.shared import MARKERS, verdict
from practical_dl.report.plotting import COLOURS, new_axes
from practical_dl.scoring.interval import Interval

LINE = 100


def content_figure(scores: pd.DataFrame, finding: str) -> Figure:
    """RMSE by training ratings, one line per model: the table of `score_content`."""
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
            label=TITLES.get(str(model), str(model)),
        )
    axes.set_xscale("log")
    counts = sorted(scores["ratings"].unique())
    axes.set_xticks(counts, [f"{count:,}" for count in counts])
    axes.xaxis.set_minor_formatter("")
    axes.legend(fontsize=11, frameon=False)
    figure.suptitle(textwrap.fill(finding, LINE), fontsize=11, x=0.02, ha="left")
    return figure


def content_finding(scores: pd.DataFrame) -> str:
    """A sentence on whether content helps with few ratings and with many.

    `scores` is the table of `score_content`.
    """
    ends = (int(scores["ratings"].min()), int(scores["ratings"].max()))
    said = {
        model: [_change(scores, model, count) for count in ends]
        for model in ("bayes", "bayes_shuffled", "content")
    }
    return (
        f"Beside ratings alone, content changes the RMSE by {said['bayes'][0]} at {ends[0]:,} "
        f"training ratings and by {said['bayes'][1]} at {ends[1]:,}; shuffled content by "
        f"{said['bayes_shuffled'][0]} and {said['bayes_shuffled'][1]}; content in place of the "
        f"other users' ratings by {said['content'][0]} and {said['content'][1]}."
    )


def _change(scores: pd.DataFrame, model: str, ratings: int) -> str:
    row = scores[(scores["model"] == model) & (scores["ratings"] == ratings)].iloc[0]
    change = Interval.of(row, "minus_bayes_ratings")
    return f"{change.value:+.3f} ({verdict(change)})"
