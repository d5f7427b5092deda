"""Page on batch normalisation: scores by running averages and by settled statistics."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from practical_dl.images.pages.sample_plots import MARKERS, question_page
from practical_dl.images.sample.statistics_study import RUNNING, SETTLED
from practical_dl.report.plotting import COLOURS
from practical_dl.report.wording import percent
from practical_dl.training.batch_norm import Settler

BELIEVED = (
    "A score by running averages can be believed once the two agree; all fits of this workflow are "
    "scored with settled statistics."
)
NEAR = 0.02
"""Two accuracies that differ by no more are said to agree."""


def statistics_page(scores: pd.DataFrame) -> str:
    """The page as HTML; `scores` as the study has them: one row per seed, epoch and statistics."""
    return question_page(
        "When can a validation score of a network with batch normalisation be believed?",
        statistics_answer(scores),
        _figure(scores),
        "Validation scores by epoch and by whose statistics they use; thin lines: single trainings",
        _table(scores),
        [BELIEVED, _trainings(scores)],
        Settler.settle,
    )


def statistics_answer(scores: pd.DataFrame) -> str:
    """Both statistics after the first epoch, and from when they agree."""
    first = scores[scores["epoch"] == scores["epoch"].min()]
    return (
        f"With the same weights after epoch {first['epoch'].iloc[0]}, Keras' running averages "
        f"score {_accuracy(first, RUNNING)} and statistics settled on training pictures "
        f"{_accuracy(first, SETTLED)}: {_agreement(scores)}."
    )


def _agreement(scores: pd.DataFrame) -> str:
    """From which epoch on the two statistics agree, in words."""
    table = scores.pivot_table(index=["seed", "epoch"], columns="statistics", values="accuracy")
    gaps = (table[SETTLED] - table[RUNNING]).abs().groupby("epoch").mean()
    largest_from_here = gaps[::-1].cummax()[::-1]
    near = largest_from_here <= NEAR
    if near.any():
        return f"the two stay within {100 * NEAR:g} points from epoch {near.idxmax()}"
    return f"the two differ by more than {100 * NEAR:g} points at the end"


def _accuracy(rows: pd.DataFrame, statistics: str) -> str:
    return percent(float(rows.loc[rows["statistics"] == statistics, "accuracy"].mean()))


def _trainings(scores: pd.DataFrame) -> str:
    return "This is one training." if len(scores["seed"].unique()) == 1 else ""


def _table(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores by epoch, as means over seeds."""
    table = scores.pivot_table(
        index="epoch", columns="statistics", values=["accuracy", "log_loss"], sort=False
    )
    pairs = table.columns.to_list()
    shown = {
        f"{pair[0].replace('_', ' ')}, {pair[1]}": table[pair].map(
            percent if pair[0] == "accuracy" else "{:.3f}".format
        )
        for pair in pairs
    }
    return pd.DataFrame(shown).reset_index()


def _figure(scores: pd.DataFrame) -> Figure:
    """Validation scores by epoch, by both statistics: thin lines are seeds, thick ones means."""
    figure = Figure(figsize=(9.5, 3.8), layout="constrained")
    axes = figure.subplots(1, 2)
    for axis, metric in zip(axes, ("accuracy", "log_loss"), strict=True):
        for number, statistics in enumerate(pd.unique(scores["statistics"])):
            table = scores[scores["statistics"] == statistics].pivot_table(
                index="epoch", columns="seed", values=metric
            )
            axis.plot(table.index, table, color=COLOURS[number], linewidth=0.7, alpha=0.6)
            axis.plot(
                table.index,
                table.mean(axis=1),
                color=COLOURS[number],
                marker=MARKERS[number],
                linewidth=2,
                clip_on=False,
                label=statistics if metric == "accuracy" else None,
            )
        axis.set(xlabel="epoch", ylabel=f"validation {metric.replace('_', ' ')}")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        axis.spines[["top", "right"]].set_visible(False)
        axis.set_ylim(bottom=0)
    axes[0].yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return figure
