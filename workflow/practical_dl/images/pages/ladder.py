"""The page of the ladder: every rung with its control and interval, beside the original's."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from practical_dl.images.scores.ladder import rank_guide
from practical_dl.report.lettering import in_lines
from practical_dl.report.page import code_of, fine_print, page, picture, table
from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.report.wording import (
    BETTER,
    NOISE,
    SAME,
    WORSE,
    gain_in_nats,
    gain_in_points,
    nats,
    percent,
    share,
    verdict,
)
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import NOT_GROUPED, paired_difference

MARKERS = "os^DvP"

TITLE = "What does each step from the simplest model to the best give?"
ORIGINAL = "The original's figures are a guide: it was scored on other pictures than these."
BOARD = "So are the places on the competition's board, which are by its own test pictures."
CONTROLS = (
    "Rungs are scored on different pictures, so two of them cannot be held against each other: "
    "only a rung and its control can, on the pictures that both predicted, where the control's "
    "own scores stand too. A gain is the mean of the differences picture by picture; its 95 % "
    "interval comes from draws of whole groups."
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
        picture(ladder_figure(ladder), "All models, from the simplest up, by what they saw"),
        table(shown_table(ladder, of_competition)),
        fine_print(CONTROLS, *notes),
        code_of(paired_difference),
    ]
    return page(TITLE, ladder_answer(ladder), blocks)


def ladder_answer(table: pd.DataFrame) -> str:
    """The step that gives most, and how many of them help against their controls."""
    steps = [row for row in table.to_dict("records") if row["shared"]]
    if not steps:
        first = table.iloc[0]
        return (
            f"One rung: {first['title']}, {percent(first['accuracy'])} and a log loss of "
            f"{first['log_loss']:.3f}. More come with the experiments on the sample and the grid."
        )
    return steps_answer(steps)


def steps_answer(steps: Sequence[Mapping[Hashable, Any]]) -> str:
    """Of steps with a control: how many help by log loss, and which most."""
    gains = [log_loss_gain(row) for row in steps]
    found = Counter(map(verdict, gains))
    counted = f"Of {len(steps)} steps {found[BETTER]} lower the log loss of their control"
    others = ((WORSE, "raise it"), (NOISE, "lie within the noise"), (SAME, "change nothing"))
    rest = "".join(f", {found[word]} {said}" for word, said in others if found[word])
    if not found[BETTER]:
        return f"{counted}{rest}."
    place = max(range(len(steps)), key=lambda place: gains[place].low)
    return (
        f"{counted}{rest}; surest is “{steps[place]['title']}”: {gain_in_nats(gains[place])} than "
        f"“{steps[place]['control']}”."
    )


def log_loss_gain(row: Mapping[Hashable, Any]) -> Interval:
    """How much lower the log loss is than the control's."""
    return -Interval.of(row, "gain_log_loss")


def unchanged_note(table: pd.DataFrame) -> str:
    """Why a step can be without any change; empty where none is."""
    records = table.to_dict("records")
    same = any(Interval.of(row, "gain_log_loss").is_nothing for row in records)
    return UNCHANGED if same else ""


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
            "the control's accuracy": [_of_control(row, "accuracy", percent) for row in records],
            "the control's log loss": [
                _of_control(row, "log_loss", "{:.3f}".format) for row in records
            ],
            "accuracy against the control": [
                gain_in_points(Interval.of(row, "gain_accuracy")) if row["shared"] else ""
                for row in records
            ],
            "log loss against the control": [
                gain_in_nats(log_loss_gain(row)) if row["shared"] else "" for row in records
            ],
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


def _of_control(row: Mapping[Hashable, Any], metric: str, told: Callable[[float], str]) -> str:
    """The control's score on the pictures that both predicted, and how many if not all."""
    if not row["shared"]:
        return ""
    fewer = f" (of {row['shared']:,})" if row["shared"] < row["n"] else ""
    return told(row[f"control_{metric}"]) + fewer


def ladder_figure(table: pd.DataFrame) -> Figure:
    """Accuracy and log loss of every rung, right is better; a colour is one set of pictures."""
    height = 1.6 + 0.45 * len(table)
    figure = Figure(figsize=(11.0, height), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    positions = np.arange(len(table))
    left.set_yticks(positions, list(map(in_lines, table["title"])), fontsize=11)
    _draw(left, table, "accuracy", 100, "accuracy (%), right is better")
    left.set_xlim(0, 100)
    _draw(right, table, "log_loss", 1, "log loss (nats, logarithmic), right is better")
    right.set_xscale("log")
    right.invert_xaxis()
    right.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    right.xaxis.set_major_formatter("{x:g}")
    right.xaxis.set_minor_locator(NullLocator())
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=11, frameon=False)
    return figure


def _draw(axes: Axes, table: pd.DataFrame, metric: str, scale: float, label: str) -> None:
    positions = np.arange(len(table))
    values, low, high = (scale * table[f"{metric}{end}"] for end in ("", "_low", "_high"))
    sets = table[["n", "groups"]].drop_duplicates().to_numpy()
    for number, (pictures, groups) in enumerate(sets):
        rows = ((table["n"] == pictures) & (table["groups"] == groups)).to_numpy()
        colour = COLOURS[number % len(COLOURS)]
        axes.hlines(positions[rows], low[rows], high[rows], color=colour, linewidth=2)
        axes.plot(
            values[rows],
            positions[rows],
            MARKERS[number % len(MARKERS)],
            color=colour,
            label=f"scored on {pictures:,} pictures, 95 % interval",
        )
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
