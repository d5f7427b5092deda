"""The picture of the question: does content help, and with how many ratings?"""

import textwrap

import pandas as pd
from matplotlib.figure import Figure

from practical_dl.movies.models.rating_models import TITLES
from practical_dl.movies.pages.shared import MARKERS, gain_over
from practical_dl.report.plotting import COLOURS, new_axes
from practical_dl.report.wording import gain_in_stars

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
    said = [
        f"{words} {' and '.join(_change(scores, model, count) for count in ends)}"
        for model, words in (
            ("bayes", "true content is"),
            ("bayes_shuffled", "content of other movies is"),
            ("content", "content in place of the other users' ratings is"),
        )
    ]
    return (
        f"Beside ratings alone, at {ends[0]:,} and at {ends[1]:,} training ratings, "
        f"{'; '.join(said)}."
    )


def _change(scores: pd.DataFrame, model: str, ratings: int) -> str:
    row = scores[(scores["model"] == model) & (scores["ratings"] == ratings)].to_dict("records")[0]
    return gain_in_stars(gain_over(row, "bayes_ratings"))
