"""Pages on the augmentation sweep: its evidence, and the contact sheet of all types and levels."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from practical_dl.images.augmentation.extremes import Extremes, by_type
from practical_dl.images.augmentation.sweep import with_choice
from practical_dl.images.pages.sample_plots import panels, question_page
from practical_dl.images.pictures.augmentation import TOGETHER, TYPES
from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.report.wording import (
    BETTER,
    gain_in_nats,
    gain_in_points,
    guessing,
    percent,
    verdict,
    yes,
)
from practical_dl.scoring.interval import Interval

MADE_OF = (
    "The network is the one of two convolutions (conv1) on reduced pictures, shortly trained, so "
    "all its scores are lower than on other pages (augmentation in the configuration)."
)
CHOSEN = (
    "Of each type the level with the largest gain in accuracy is chosen, if that is more than its "
    "standard error; the log loss has no say, for one that hardly learns has a good one."
)
INCHES = 1.9
"""Width of a picture of the contact sheet."""


def sweep_page(
    alone: pd.DataFrame,
    together: pd.DataFrame,
    seconds: Mapping[str, float | None],
    commonest_share: float,
) -> str:
    """The page as HTML: the evidence of each type alone and of all chosen ones together.

    `seconds` by type are those of its job; the commonest class has a share of the pictures.
    """
    is_any_chosen = bool(alone["chosen"].any())
    evidence = pd.concat([alone, together], ignore_index=True) if is_any_chosen else alone
    return question_page(
        "Which augmentation helps on drivers that the model never saw, and how much of it?",
        sweep_answer(alone, together),
        _figure(evidence),
        "Accuracy gained over no augmentation, by type and level: up is better",
        _table(evidence, seconds),
        [MADE_OF, guessing(commonest_share), CHOSEN],
        with_choice,
    )


def sweep_answer(evidence: pd.DataFrame, together: pd.DataFrame) -> str:
    """The gain of what was chosen, or why nothing was."""
    chosen = evidence[evidence["chosen"] == 1]
    if chosen.empty:
        losses = [verdict(_log_loss_gain(row)) for _, row in evidence.iterrows()]
        beside = (
            f", though {losses.count(BETTER)} of {len(losses)} settings have a better log loss"
            if BETTER in losses
            else ""
        )
        return f"No augmentation clearly raised the accuracy, so none is chosen{beside}."
    row = chosen.iloc[int(chosen["gain"].to_numpy().argmax())]
    return (
        f"{len(chosen)} of {evidence['type'].nunique()} types help on unseen drivers, most of all "
        f"{row['type'].replace('_', ' ')} of {row['level']}, whose accuracy is "
        f"{gain_in_points(_gain(row))}. {_together_answer(together)}"
    )


def _together_answer(together: pd.DataFrame) -> str:
    best = together.iloc[int(together["gain"].to_numpy().argmax())]
    if not best["chosen"]:
        return "All of them together beat no augmentation at no strength, so none is used."
    gain = gain_in_points(_gain(best))
    return f"All together, at {float(best['level']):g} times their levels: {gain}."


def _table(evidence: pd.DataFrame, seconds: Mapping[str, float | None]) -> pd.DataFrame:
    """One row per setting, with its seconds: those of its job, shared among its settings."""
    settings = evidence["type"].value_counts()
    return pd.DataFrame(
        [
            {
                "type": row["type"].replace("_", " "),
                "level": row["level"],
                "log loss": f"{row['log_loss']:.3f}",
                "log loss against none": gain_in_nats(_log_loss_gain(row)),
                "accuracy": percent(row["accuracy"]),
                "accuracy against none": gain_in_points(_gain(row)),
                "standard error": f"{100 * row['standard_error']:.1f}",
                "chosen": yes(row["chosen"] == 1),
                "seconds": _shared(seconds[row["type"]], settings[row["type"]]),
            }
            for _, row in evidence.iterrows()
        ]
    )


def _gain(row: "pd.Series[Any]") -> Interval:
    return Interval(row["gain"], row["ci_low"], row["ci_high"])


def _log_loss_gain(row: "pd.Series[Any]") -> Interval:
    return Interval(row["log_loss_gain"], row["log_loss_low"], row["log_loss_high"])


def _shared(seconds: float | None, settings: int) -> str:
    return "" if seconds is None else f"{seconds / settings:.1f}"


def _figure(evidence: pd.DataFrame) -> Figure:
    """Gain in accuracy over no augmentation against level, one panel per type."""
    types = list(pd.unique(evidence["type"]))
    label = "gain in accuracy (points)"
    figure, axes = panels(len(types), "", label, columns=3, share_y=True)
    figure.supxlabel("lines: 95 % intervals over groups; diamonds: chosen", fontsize=10)
    for axis, name in zip(axes, types, strict=True):
        rows = evidence[evidence["type"] == name]
        places = np.arange(1, len(rows) + 1)
        gains = 100 * rows["gain"].to_numpy()
        errors = [gains - 100 * rows["ci_low"], 100 * rows["ci_high"] - gains]
        axis.axhline(0, color=GREY, linewidth=1)
        axis.errorbar(
            [0, *places],
            [0, *gains],
            yerr=np.hstack([np.zeros((2, 1)), np.maximum(errors, 0)]),
            fmt="o-",
            color=COLOURS[0],
            capsize=3,
        )
        chosen = (rows["chosen"] == 1).to_numpy()
        axis.plot(places[chosen], gains[chosen], "D", color=COLOURS[1], markersize=9, zorder=3)
        axis.set_xticks([0, *places], ["none", *rows["level"]])
        axis.set_xlabel(_unit(name))
        title = name.replace("_", " ")
        taken = f": {rows['level'][chosen].iloc[0]} chosen" if chosen.any() else ": none chosen"
        axis.set_title(title + taken, loc="left", fontsize=11)
    return figure


def _unit(name: str) -> str:
    return "times the chosen levels" if name == TOGETHER else TYPES[name].unit


def contact_sheet_figure(found: Extremes) -> Figure:
    """One row per type: the picture as it is, then both extremes of each level."""
    picture, types = found.pictures[0], dict(by_type(found))
    height, width = picture.shape[:2]
    columns = 1 + max(len(changed.rows) for changed in types.values())
    figure = Figure(
        figsize=(INCHES * columns + 1, (INCHES * height / width + 0.3) * len(types)),
        layout="constrained",
    )
    grid = figure.subplots(len(types), columns, squeeze=False)
    for axis in grid.flat:
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set_visible(False)
    for row, (name, changed) in zip(grid, types.items(), strict=True):
        label = f"{name.replace('_', ' ')}\n({TYPES[name].unit})"
        row[0].set_ylabel(label, rotation=0, ha="right", va="center", fontsize=11)
        row[0].set_title("none", fontsize=11)
        row[0].imshow(picture)
        shown = zip(row[1:], changed.rows["amount"], changed.pictures, strict=False)
        for axis, amount, one in shown:
            axis.set_title(f"{amount:+g}", fontsize=11)
            axis.imshow(one)
    return figure
