"""The page on the lesson's five steps against overfitting, each against its control."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from practical_dl.images.pages.ladder import judged, unchanged_note
from practical_dl.report.page import page, paragraph, picture, table
from practical_dl.report.plotting import COLOURS, GREY, new_axes
from practical_dl.report.wording import in_nats, in_points, nats
from practical_dl.scoring.interval import Interval

TITLE = "What do the five steps against overfitting give, in their order?"
DRAWN = "Each step's log loss minus its control's, with its interval"


def overfitting_page(steps: pd.DataFrame) -> str:
    """The page as HTML, of the table of `scores.ladder`; a sentence where no step was tried."""
    blocks = []
    if len(steps):
        note = unchanged_note(steps)
        blocks = [picture(_step_figure(steps), DRAWN), table(step_table(steps))]
        blocks += [paragraph(note)] if note else []
    return page(TITLE, overfitting_answer(steps), blocks)


def overfitting_answer(table: pd.DataFrame) -> str:
    """Which of the five steps help against their controls."""
    steps = table.to_dict("records")
    if not steps:
        return "None of the five steps was tried in this run."
    return f"Against their controls, outside the noise: {judged(steps)}"


def step_table(table: pd.DataFrame) -> pd.DataFrame:
    """One row per step against overfitting, for people."""
    records = table.to_dict("records")
    return pd.DataFrame(
        {
            "step": [row["title"] for row in records],
            "against": [row["control"] for row in records],
            "pictures": [f"{row['shared']:,}" for row in records],
            "log loss": [nats(Interval.of(row, "log_loss")) for row in records],
            "log loss over the control": [
                in_nats(Interval.of(row, "gain_log_loss")) for row in records
            ],
            "accuracy over the control": [
                in_points(Interval.of(row, "gain_accuracy")) for row in records
            ],
        }
    )


def _step_figure(table: pd.DataFrame) -> Figure:
    """Each step's log loss minus its control's, with its interval."""
    figure, axes = new_axes(
        "log loss over the control (nats): further left is better",
        "",
        size=(9.0, 1.4 + 0.5 * max(1, len(table))),
    )
    positions = np.arange(len(table))[::-1]
    low, high = table["gain_log_loss_low"], table["gain_log_loss_high"]
    axes.hlines(positions, low, high, color=COLOURS[0], linewidth=2)
    axes.plot(table["gain_log_loss"], positions, "o", color=COLOURS[0])
    axes.axvline(0, color=GREY, linewidth=1)
    axes.set_yticks(positions, list(table["title"]))
    return figure
