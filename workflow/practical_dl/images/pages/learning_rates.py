"""Pages on learning rates: what too high a first one does, and which one suits which model."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from practical_dl.images.pages.sample_plots import MARKERS, panels, question_page
from practical_dl.images.sample.reports import Report, scored
from practical_dl.images.sample.trainings import Runs, setting_report, settings_of
from practical_dl.report.lettering import shortened
from practical_dl.report.plotting import COLOURS
from practical_dl.report.wording import nats, percent, share, yes
from practical_dl.training.learning_rate_range import smoothed, suggested_rate

Reports = Mapping[str, Report]
TRAINED = (
    "Both train on all training pictures of the sample and keep the last epoch; the linear model "
    "of the page on simple models holds groups out of training to choose its epoch, so its score "
    "is another."
)
MOST_NAMED = 30
"""Classes that are named below bars."""


def first_rate_page(runs: Runs, history: pd.DataFrame, seed: int) -> str:
    """The page on the first learning rate as HTML."""
    reports = {
        setting: setting_report(runs, setting, "linear", "sample valid", seed)
        for setting in settings_of(runs)
    }
    shares = {setting: _class_shares(runs, setting) for setting in reports}
    return question_page(
        "What does too high a first learning rate do to the simplest model?",
        _first_rate_answer(reports, len(runs.classes)),
        _first_rate_figure(history, shares, runs.classes),
        "Training loss by epoch, and how the predictions are spread over the classes at the end",
        _first_rate_table(reports),
        [TRAINED],
        setting_report,
    )


def _class_shares(runs: Runs, setting: str) -> list[float]:
    """Share of a setting's rows that each class is predicted for."""
    chosen = (runs.rows["setting"] == setting).to_numpy()
    predicted = runs.probabilities[chosen].argmax(axis=1)
    return list(np.bincount(predicted, minlength=len(runs.classes)) / len(predicted))


def _first_rate_answer(reports: Reports, classes: int) -> str:
    """The scores of both schedules, and whether the model collapsed."""
    at_once, low_first = reports["at_once"], reports["low_first"]
    verdict = _verdict(at_once, classes)
    return (
        f"At the high rate from the first step the linear model {verdict}: its log loss is "
        f"{nats(scored(at_once, 'log_loss'))}, with a low rate first "
        f"{nats(scored(low_first, 'log_loss'))}."
    )


def _verdict(report: Report, classes: int) -> str:
    """What became of a training, beside equal probabilities for all `classes`."""
    if report["collapse"]["collapsed"]:
        return "collapsed"
    if scored(report, "log_loss").low > math.log(classes):
        return f"did worse than guessing, whose log loss is {math.log(classes):.3f}"
    return "did not collapse"


def _first_rate_table(reports: Reports) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "schedule": name.replace("_", " "),
                "log loss": nats(scored(report, "log_loss")),
                "accuracy": share(scored(report, "accuracy")),
                "most predicted class": percent(report["collapse"]["share"]),
                "mean confidence": f"{report['collapse']['confidence']:.3f}",
                "collapsed": yes(report["collapse"]["collapsed"]),
                "trainings": report["seeds"],
            }
            for name, report in reports.items()
        ]
    )


def _first_rate_figure(
    history: pd.DataFrame, shares: Mapping[str, Sequence[float]], classes: Sequence[str]
) -> Figure:
    """Training loss by epoch of both schedules, beside the `shares` of the predicted classes."""
    figure = Figure(figsize=(9.5, 3.8), layout="constrained")
    left, right = figure.subplots(1, 2)
    places = np.arange(len(classes))
    for number, (setting, heights) in enumerate(shares.items()):
        rows = history[history["setting"] == setting].groupby("epoch")["plain_loss"].mean()
        label = setting.replace("_", " ")
        left.plot(rows.index, rows, marker=MARKERS[number], color=COLOURS[number], label=label)
        right.bar(places + 0.4 * (number - 0.5), heights, 0.4, color=COLOURS[number])
    left.set(xlabel="epoch", ylabel="training loss (log loss)")
    left.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    right.set(xlabel="predicted class", ylabel="share of the validation pictures")
    if len(classes) <= MOST_NAMED:
        right.set_xticks(places, [shortened(name) for name in classes], rotation=90)
    else:
        right.set(xticks=[], xlabel=f"predicted class ({len(classes):,}, by name)")
    right.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    for axis in (left, right):
        axis.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return figure


def rate_range_page(ranges: pd.DataFrame) -> str:
    """The page on the range test as HTML; `ranges` has one row per step: model, rate, loss."""
    table = _rate_range_table(ranges)
    return question_page(
        "Which learning rate suits which model?",
        _rate_range_answer(table),
        _rate_range_figure(ranges),
        "Loss of each batch while the learning rate rises, and the rate suggested from it",
        table,
        ["The suggestion is a tenth of the rate with the lowest smoothed loss."],
        suggested_rate,
    )


def _rate_range_table(ranges: pd.DataFrame) -> pd.DataFrame:
    """One row per model: suggested rate, last rate tried."""
    return pd.DataFrame(
        [
            {
                "model": model,
                "suggested rate": f"{suggested_rate(*rows[['rate', 'loss']].to_numpy().T):.1g}",
                "last rate of the test": f"{rows['rate'].iloc[-1]:.1g}",
                "steps": len(rows),
            }
            for model, rows in ranges.groupby("model", sort=False)
        ]
    )


def _rate_range_answer(table: pd.DataFrame) -> str:
    rates = table["suggested rate"].astype(float)
    named = ", ".join(
        f"{model} {rate}"
        for model, rate in zip(table["model"], table["suggested rate"], strict=True)
    )
    return f"The suggested rates span a factor of {rates.max() / rates.min():.0f}: {named}."


def _rate_range_figure(ranges: pd.DataFrame) -> Figure:
    """Loss against rate, one panel per model, with the suggested rate."""
    models = list(pd.unique(ranges["model"]))
    figure, axes = panels(len(models), "learning rate", "loss of a batch", columns=3)
    for axis, model in zip(axes, models, strict=True):
        rates, losses = (
            ranges.loc[ranges["model"] == model, column].to_numpy() for column in ("rate", "loss")
        )
        rate = suggested_rate(rates, losses)
        averages = smoothed(losses)
        axis.plot(rates, losses, ".", color="#BBBBBB", label="loss of a batch")
        axis.plot(rates, averages, color=COLOURS[0], label="smoothed")
        axis.axvline(rate, color=COLOURS[1], linestyle="--", label="suggested rate")
        axis.set_xscale("log")
        axis.set_ylim(0, 1.15 * min(losses.max(), 2 * averages[0]))
        axis.set_title(f"{model}: suggested {rate:.1g}", loc="left", fontsize=11)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
    return figure
