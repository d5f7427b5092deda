"""The page on the grid of heads: which head is selected, and what its settings give."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from practical_dl.images.features.constant_features import warning_of
from practical_dl.images.features.reduced import read_reduced
from practical_dl.images.folds.selection import nested_choice
from practical_dl.images.networks.grid import AXES
from practical_dl.images.titles import title as title_of
from practical_dl.report.page import (
    code_of,
    fine_print,
    heading,
    page,
    paragraph,
    picture,
    table,
)
from practical_dl.report.plotting import COLOURS, GREY, new_axes
from practical_dl.report.wording import gain_in_nats, nats, percent
from practical_dl.scoring.interval import Interval

TITLE = "Which head, and what does each of its settings give?"
SETTINGS = (
    "Backbone: the network whose features are read. Pool: how its locations become one number per "
    "channel (max, average) or stay (none). Dropout: share of the numbers left out in training. "
    "Features: plain; centred, less the mean of their nearest pictures, which show the same person "
    "doing other things; or augmented, with those of changed copies too. Halves: share of the "
    "training rows made of the left half of one picture and the right half of another of its "
    "class. Share: of the training rows that are used at all; below 1, the lesson's sample."
)
PICTURES_ASKED = (
    "Pictures asked: the same head on augmented features, asked about the clean pictures alone, or "
    "about their augmented copies too, its answers averaged."
)


def selection_page(
    scores: pd.DataFrame,
    gains: pd.DataFrame,
    choice: Mapping[str, Any],
    selected: Interval,
    warnings: Mapping[str, str],
) -> str:
    """The page as HTML.

    Args:
        scores, gains, choice: what the selection leaves.
        selected: log loss of the selected head on groups that no choice has seen.
        warnings: what is suspicious about the features of a backbone, by its name.
    """
    blocks = [
        *(paragraph(f"Backbone {name}: {text}.") for name, text in warnings.items()),
        heading("What each setting gives, all else equal"),
        paragraph(strongest(gains)),
        *([picture(_gains_figure(gains), "Gain of each setting")] if len(gains) else []),
        table(_gain_table(gains)),
        heading("All heads, best first"),
        paragraph("Scored out of fold; the best of many looks a little better than it is."),
        table(_score_of_points_table(scores)),
        fine_print(
            *_choice_notes(scores, choice),
            SETTINGS,
            PICTURES_ASKED if "pictures asked" in set(gains["axis"]) else "",
        ),
        code_of(nested_choice),
    ]
    return page(TITLE, selection_answer(scores, choice, selected), blocks)


def feature_warnings(reduced: Mapping[str, str | Path]) -> dict[str, str]:
    """Warnings about the features of backbones, by name, from their reduced files."""
    found = {
        name: warning_of(read_reduced(Path(path), "average")[1]) for name, path in reduced.items()
    }
    return {name: warning for name, warning in found.items() if warning}


def selection_answer(scores: pd.DataFrame, choice: Mapping[str, Any], nested: Interval) -> str:
    """The selected head, and its score on groups that no choice has seen."""
    return (
        f"Selected of {len(scores)} heads: {title_of(choice['selected'])}; on groups that the "
        f"choice has not seen, its log loss is {nats(nested)}."
    )


def _choice_notes(scores: pd.DataFrame, choice: Mapping[str, Any]) -> list[str]:
    """How steady the choice is, how flattering, and what a sample of the rows would choose."""
    name = choice["selected"]
    others = set(choice["without_fold"].values())
    agreed = (
        "The choice is the same whichever fold is held out."
        if others == {name}
        else f"Without one fold or another {len(others)} different heads would be chosen."
    )
    looked = scores.set_index("name").loc[name, "log_loss"]
    flattered = f"On the groups that chose the head its log loss is {looked:.3f}."
    return [agreed, flattered, _sample_sentence(scores)]


def _sample_sentence(scores: pd.DataFrame) -> str:
    """Whether a part of the rows would have chosen the same dropout as all of them."""
    shares = sorted(scores["share"].unique())
    if len(shares) < 2:
        return "No head was trained on a sample of the rows."
    least = scores[scores["share"] == shares[0]]
    if least["dropout"].nunique() < 2:
        only = least["dropout"].iloc[0]
        rows = percent(shares[0], 0)
        return (
            f"The sample ({rows} of the rows) has nothing to choose from: "
            f"dropout {only:g} alone was trained on it."
        )
    axes = [axis for axis in AXES if axis not in ("share", "dropout")]
    same = scores[scores["share"] == 1].merge(least[axes].drop_duplicates(), on=axes)
    best = least.iloc[0]["dropout"], same.iloc[0]["dropout"]
    verdict = "the same" if best[0] == best[1] else f"{best[1]:g} on all of them"
    return (
        f"On {percent(shares[0], 0)} of the rows the best dropout of "
        f"{least['dropout'].nunique()} tried is {best[0]:g}, {verdict}."
    )


def _score_of_points_table(scores: pd.DataFrame) -> pd.DataFrame:
    """One row per head, best first."""
    records = scores.to_dict("records")
    shown = scores[list(AXES)].copy()
    shown["log loss"] = [nats(_named(row, "log_loss")) for row in records]
    shown["accuracy"] = scores["accuracy"].map(percent)
    return shown


def _gain_table(gains: pd.DataFrame) -> pd.DataFrame:
    """One row per step along an axis, all else equal."""
    records = gains.to_dict("records")
    return pd.DataFrame(
        {
            "setting": gains["axis"],
            "from": gains["lower"],
            "to": gains["higher"],
            "pairs of heads": gains["pairs"],
            "log loss": [gain_in_nats(_named(row, "gain")) for row in records],
        }
    )


def strongest(gains: pd.DataFrame) -> str:
    """The largest effect that is no noise, in words."""
    real = [row for row in gains.to_dict("records") if not _named(row, "gain").is_noise]
    if not real:
        return "No setting makes a difference outside the noise."
    row = max(real, key=lambda row: abs(row["gain"]))
    gain = _named(row, "gain")
    return (
        f"The largest effect of a single setting, all else equal: {row['axis']} from "
        f"{row['lower']} to {row['higher']}, whose log loss is {gain_in_nats(gain)}."
    )


def _gains_figure(gains: pd.DataFrame) -> Figure:
    """Gains of each step along an axis of the grid, with intervals over groups."""
    figure, axes = new_axes(
        "lower log loss, all else equal (nats), right is better",
        "",
        size=(9, 1.4 + 0.36 * len(gains)),
    )
    positions = np.arange(len(gains))[::-1]
    centre = gains["gain"].to_numpy()
    errors = [centre - gains["ci_low"].to_numpy(), gains["ci_high"].to_numpy() - centre]
    axes.errorbar(centre, positions, xerr=np.abs(errors), fmt="o", color=COLOURS[0], capsize=3)
    labels = [
        f"{axis}: {low} to {high}"
        for axis, low, high in zip(gains["axis"], gains["lower"], gains["higher"], strict=True)
    ]
    axes.set_yticks(positions, labels)
    axes.axvline(0, color=GREY, linewidth=1)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    return figure


def _named(row: Mapping[Any, Any], name: str) -> Interval:
    """A value whose interval stands in the columns ci_low and ci_high."""
    return Interval(row[name], row["ci_low"], row["ci_high"])
