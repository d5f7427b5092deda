"""Page on learning curves: what limits the network from scratch."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator, PercentFormatter

from practical_dl.images.pages.sample_plots import panels, question_page
from practical_dl.images.sample.curves import curve_table
from practical_dl.images.sample.trainings import Runs
from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.report.wording import BETTER, gain_in_points, nats, percent, share, verdict
from practical_dl.scoring.interval import Interval

LABELS = {
    "pictures": "pictures, times the sample's",
    "groups": "share of the training groups",
    "budget": "epochs, times the schedule's",
    "shrink": "factor by which pictures are reduced",
}
NAMES = {
    "pictures": "more pictures of the same groups",
    "groups": "more groups",
    "budget": "more epochs",
    "shrink": "finer pictures",
}


MADE_OF = (
    "The network is the one of two convolutions (conv1), trained longer than on the page on simple "
    "models; all curves but the last are on reduced pictures (sample: curves in the configuration)."
)


def learning_curves_page(curves: Mapping[str, Runs], seed: int) -> str:
    """The page as HTML; `curves` has the predictions at all points of each axis."""
    tables = [curve_table(axis, runs, seed) for axis, runs in curves.items()]
    table = pd.concat(tables, ignore_index=True)
    return question_page(
        "What limits the network from scratch?",
        curves_answer(table),
        _figure(table),
        "Accuracy with 95 % intervals; grey marks are the lowest and highest seed",
        _shown(table),
        [best_point(table), MADE_OF],
        curve_table,
    )


def curves_answer(table: pd.DataFrame) -> str:
    """Which last steps help outside the noise, and by how much."""
    last = {str(axis): rows.iloc[-1] for axis, rows in table.groupby("axis", sort=False)}
    steps = {
        axis: Interval.of(row, "step") for axis, row in last.items() if not np.isnan(row["step"])
    }
    real = [
        f"{NAMES[axis]}, {gain_in_points(step)}"
        for axis, step in steps.items()
        if verdict(step) == BETTER
    ]
    if not real:
        return "None of the last steps of these curves helps outside the noise of these groups."
    return f"What helps at the last step of its curve: {'; '.join(real)}."


def best_point(table: pd.DataFrame) -> str:
    """The point with the highest accuracy, and how far single trainings lie apart there."""
    best = table.iloc[int(table["accuracy"].to_numpy().argmax())]
    top = (
        f"The best point ({LABELS[best['axis']]} = {best['value']:g}) is right about "
        f"{share(Interval.of(best, 'accuracy'))}"
    )
    if (table["lowest"] == table["highest"]).all():
        top += ". Each point is one training: another might move it by more than the interval says"
    elif best["lowest"] < best["highest"]:
        top += f"; single seeds from {percent(best['lowest'])} to {percent(best['highest'])}"
    return f"{top}."


def _figure(table: pd.DataFrame) -> Figure:
    """Accuracy with its interval against each axis; grey marks are single seeds' extremes."""
    axes_names = list(pd.unique(table["axis"]))
    figure, axes = panels(len(axes_names), "", "accuracy on unseen groups", share_y=True)
    for axis, name in zip(axes, axes_names, strict=True):
        rows = table[table["axis"] == name]
        places = np.arange(len(rows))
        values = rows["accuracy"].to_numpy()
        errors = [values - rows["accuracy_low"], rows["accuracy_high"] - values]
        axis.errorbar(
            places, values, yerr=np.maximum(errors, 0), fmt="o-", color=COLOURS[0], capsize=3
        )
        axis.plot(places, rows["lowest"], "_", color=GREY, markersize=14, label="single seeds")
        axis.plot(places, rows["highest"], "_", color=GREY, markersize=14)
        axis.set_xticks(places, [f"{value:g}" for value in rows["value"]])
        axis.xaxis.set_minor_locator(NullLocator())
        axis.set_xlabel(LABELS[name])
        axis.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        axis.set_title(NAMES[name], loc="left", fontsize=11)
    axes[0].legend(frameon=False, fontsize=10)
    return figure


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """The table for the page."""
    return pd.DataFrame(
        [
            {
                "curve": NAMES[row["axis"]],
                "value": f"{row['value']:g}",
                "accuracy": share(Interval.of(row, "accuracy")),
                "log loss": nats(Interval.of(row, "log_loss")),
                "single seeds": f"{percent(row['lowest'])} to {percent(row['highest'])}",
                "against the point before": ""
                if np.isnan(row["step"])
                else gain_in_points(Interval.of(row, "step")),
            }
            for _, row in table.iterrows()
        ]
    )
