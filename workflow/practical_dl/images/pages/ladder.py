"""The page of the ladder: every rung with its control and interval, beside the original's."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from practical_dl.images.scores.ladder import rank_guide
from practical_dl.report.page import page, paragraph, picture, table
from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.report.wording import in_nats, in_points, nats, percent, share
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import NOT_GROUPED

TITLE = "What does each rung of the ladder give?"
ORIGINAL = "The original's figures are a guide: it was scored on other pictures than these."
BOARD = "So are the places on the competition's board, which are by its own test pictures."
CONTROLS = (
    "Rungs are scored on the pictures named, a control on those that both predicted. A rung need "
    "not beat the one below it: its control is what counts."
)
FITS = (
    "The two linear rungs of the sample are the fits of the page on learning rates: they train "
    "on all training pictures and keep the last epoch. The two convolutions, held against the "
    "second of them, train on fewer: they hold groups out to choose their epoch."
)
PSEUDO_LABELS = (
    "The rung of pseudo-labels of the test is a small head, shortly trained, as on the page on "
    "pseudo-labels, where many settings are compared: it stands lower than the other heads, and "
    "only its control says what pseudo-labels give. Its seeds predict together here and one by "
    "one there, so that the gains differ."
)
UNCHANGED = (
    "No change at all is not noise: both models are one and the same. Where the sweep chooses "
    "no augmentation, the augmented network is trained as its control is."
)


def ladder_page(
    ladder: pd.DataFrame, of_competition: bool, on_sample: bool, on_test_pool: bool
) -> str:
    """The page as HTML, of the table of `scores.ladder`.

    Args:
        of_competition: whether its board is a guide.
        on_sample, on_test_pool: whether there are rungs of the sample, and of pseudo-labels.
    """
    notes = [
        ORIGINAL if ladder["original_accuracy"].notna().any() else "",
        BOARD if of_competition else "",
        unchanged_note(ladder),
        FITS if on_sample else "",
        PSEUDO_LABELS if on_test_pool else "",
    ]
    blocks = [
        picture(ladder_figure(ladder), "The ladder, from the bottom up"),
        table(shown_table(ladder, of_competition)),
        paragraph(CONTROLS),
        *(paragraph(note) for note in notes if note),
    ]
    return page(TITLE, ladder_answer(ladder), blocks)


def ladder_answer(table: pd.DataFrame) -> str:
    """From the lowest rung to the highest, and which steps count by which score."""
    first, last = table.iloc[0], table.iloc[-1]
    steps = [row for row in table.to_dict("records") if row["shared"]]
    if not steps:
        return (
            f"One rung: {first['title']}, {percent(first['accuracy'])} and a log loss of "
            f"{first['log_loss']:.3f}. More come with the experiments on the sample and the grid."
        )
    return (
        f"From {percent(first['accuracy'])} and a log loss of {first['log_loss']:.2f} at the "
        f"bottom to {percent(last['accuracy'])} and {last['log_loss']:.3f} at the top. Against "
        f"their controls, outside the noise: {judged(steps)}"
    )


def judged(steps: Sequence[Mapping[Hashable, Any]]) -> str:
    """Which steps are better and worse than their controls outside the noise, by either score."""
    less, more = _outside(steps, "log_loss")
    lower, higher = _outside(steps, "accuracy")
    same = [row["title"] for row in steps if Interval.of(row, "gain_log_loss").is_nothing]
    listed = {*less, *more, *lower, *higher, *same}
    rest = [row["title"] for row in steps if row["title"] not in listed]
    unchanged = f" No change at all: {_listed(same)}." if same else ""
    return (
        f"lower log loss: {_listed(less)}; higher log loss: {_listed(more)}. Higher accuracy: "
        f"{_listed(higher)}; lower accuracy: {_listed(lower)}. Within the noise by both scores: "
        f"{_listed(rest)}.{unchanged}"
    )


def unchanged_note(table: pd.DataFrame) -> str:
    """Why a step can be without any change; empty where none is."""
    records = table.to_dict("records")
    same = any(Interval.of(row, "gain_log_loss").is_nothing for row in records)
    return UNCHANGED if same else ""


def _outside(steps: Sequence[Mapping[Hashable, Any]], metric: str) -> tuple[list[str], list[str]]:
    """Titles of the steps whose score is below and above the control's, outside the noise."""
    gains = {row["title"]: Interval.of(row, f"gain_{metric}") for row in steps}
    below = [title for title, gain in gains.items() if gain.high < 0]
    above = [title for title, gain in gains.items() if gain.low > 0]
    return below, above


def shown_table(table: pd.DataFrame, of_competition: bool) -> pd.DataFrame:
    """One row per rung, for people; `of_competition` adds the place that its loss had there."""
    records = table.to_dict("records")
    shown = pd.DataFrame(
        {
            "rung": table["title"],
            "pictures (groups)": [_rows(row) for row in records],
            "accuracy": [share(Interval.of(row, "accuracy")) for row in records],
            "log loss": [nats(Interval.of(row, "log_loss")) for row in records],
            "control": table["control"],
            "accuracy over the control": [_gain(row, "accuracy", in_points) for row in records],
            "log loss over the control": [_gain(row, "log_loss", in_nats) for row in records],
            "the original": [
                ""
                if np.isnan(row["original_accuracy"])
                else f"{percent(row['original_accuracy'])}, {row['original_log_loss']:.3f}"
                for row in records
            ],
        }
    )
    if table["original_accuracy"].isna().all():
        shown = shown.drop(columns="the original")
    if of_competition:
        shown["board, a guide"] = table["log_loss"].map(rank_guide)
    return shown


def _rows(row: Mapping[Hashable, Any]) -> str:
    groups = row["groups"] if row["groups"] < row["n"] else NOT_GROUPED
    return f"{row['n']:,} ({groups})"


def _gain(row: Mapping[Hashable, Any], metric: str, told: Callable[[Interval], str]) -> str:
    return told(Interval.of(row, f"gain_{metric}")) if row["shared"] else ""


def ladder_figure(table: pd.DataFrame) -> Figure:
    """Accuracy and log loss of every rung with their intervals, the original's beside them."""
    height = 1.6 + 0.45 * len(table)
    figure = Figure(figsize=(11.0, height), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    positions = np.arange(len(table))
    left.set_yticks(positions, list(table["title"]), fontsize=11)
    _draw(left, table, "accuracy", 100, "accuracy (%)")
    left.set_xlim(0, 100)
    _draw(right, table, "log_loss", 1, "log loss (nats, logarithmic)")
    right.set_xscale("log")
    right.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    right.xaxis.set_major_formatter("{x:g}")
    right.xaxis.set_minor_locator(NullLocator())
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=11, frameon=False)
    return figure


def _draw(axes: Axes, table: pd.DataFrame, metric: str, scale: float, label: str) -> None:
    positions = np.arange(len(table))
    values, low, high = (scale * table[f"{metric}{end}"] for end in ("", "_low", "_high"))
    axes.hlines(positions, low, high, color=COLOURS[0], linewidth=2)
    axes.plot(values, positions, "o", color=COLOURS[0], label="here, with its 95 % interval")
    if table[f"original_{metric}"].notna().any():
        axes.plot(
            scale * table[f"original_{metric}"],
            positions,
            "D",
            color=GREY,
            markerfacecolor="none",
            label="the original, on other pictures",
        )
    axes.set_xlabel(label, fontsize=12)
    axes.tick_params(labelsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)


def _listed(titles: list[str]) -> str:
    return ", ".join(f"“{title}”" for title in titles) if titles else "none"
