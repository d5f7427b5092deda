"""The page on the lesson's five steps against overfitting, each against its control."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from practical_dl.images.pages.ladder import log_loss_gain, steps_answer, unchanged_note
from practical_dl.report.lettering import in_lines
from practical_dl.report.page import code_of, fine_print, page, picture, table
from practical_dl.report.plotting import COLOURS, GREY, new_axes
from practical_dl.report.wording import gain_in_nats, gain_in_points, nats
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import paired_difference

MEASURED = (
    "Each step is held against its own control on the pictures that both predicted; intervals "
    "(95 %) come from draws of whole groups."
)

TITLE = "What do the five steps against overfitting give, in their order?"
DRAWN = "How much lower the log loss of each step is than its control's, with its interval"


def overfitting_page(steps: pd.DataFrame) -> str:
    """The page as HTML, of the table of `scores.ladder`; a sentence where no step was tried."""
    blocks = []
    if len(steps):
        blocks = [
            picture(_step_figure(steps), DRAWN),
            table(step_table(steps)),
            fine_print(MEASURED, unchanged_note(steps)),
            code_of(paired_difference),
        ]
    return page(TITLE, overfitting_answer(steps), blocks)


def overfitting_answer(table: pd.DataFrame) -> str:
    """Which of the five steps help against their controls."""
    steps = table.to_dict("records")
    if not steps:
        return "None of the five steps was tried in this run."
    return steps_answer(steps)


def step_table(table: pd.DataFrame) -> pd.DataFrame:
    """One row per step against overfitting, for people."""
    records = table.to_dict("records")
    return pd.DataFrame(
        {
            "step": [row["title"] for row in records],
            "against": [row["control"] for row in records],
            "pictures": [f"{row['shared']:,}" for row in records],
            "log loss": [nats(Interval.of(row, "log_loss")) for row in records],
            "log loss against it": [gain_in_nats(log_loss_gain(row)) for row in records],
            "accuracy against it": [
                gain_in_points(Interval.of(row, "gain_accuracy")) for row in records
            ],
        }
    )


def _step_figure(table: pd.DataFrame) -> Figure:
    """How much lower each step's log loss is than its control's, with its interval."""
    figure, axes = new_axes(
        "lower log loss than the control (nats), right is better",
        "",
        size=(9.0, 1.4 + 0.5 * max(1, len(table))),
    )
    positions = np.arange(len(table))[::-1]
    low, high = -table["gain_log_loss_high"], -table["gain_log_loss_low"]
    axes.hlines(positions, low, high, color=COLOURS[0], linewidth=2)
    axes.plot(-table["gain_log_loss"], positions, "o", color=COLOURS[0])
    axes.axvline(0, color=GREY, linewidth=1)
    axes.set_yticks(positions, list(map(in_lines, table["title"])))
    return figure
