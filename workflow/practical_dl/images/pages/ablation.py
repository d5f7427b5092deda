"""The page on the chain: what each step from one linear model to the whole of it gives."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from practical_dl.images.ensemble.chain import apply_chain
from practical_dl.images.titles import title as title_of
from practical_dl.report.page import code_of, fine_print, heading, page, picture, table
from practical_dl.report.plotting import COLOURS, GREY
from practical_dl.report.wording import gain_in_nats, nats, percent
from practical_dl.scoring.interval import Interval

TITLE = "What does each step from one linear model to the whole chain give?"
EXPLANATION = (
    "Each row adds one step to the row above; gains are paired on the same pictures, with 95 % "
    "intervals over groups; below a harmful row a gain can be that harm taken back. Whatever a "
    "step tunes for a fold, it tunes on the other folds. The last column holds the chain without "
    "that step against the whole chain: worse where the step is needed. A step that is "
    "left out is scored on top of the whole chain. Averaging over the folds' models happens on "
    "test pictures only and cannot be measured here."
)
STEPS = (
    "Best head: the selected head, trained once, in place of the linear model. Seeds: the mean "
    "of several trainings. Ensemble: the mean of all heads. Neighbours: each picture answers "
    "together with its nearest pictures. Weights: a weight for each head. Balance: a class that "
    "is predicted too often in a whole part is lowered, until each has its share. Temperature: "
    "all logarithms divided by one number, so that the model is as sure as it is right. Clip: no "
    "probability below a floor."
)
STEP_OF = {"floor": "clip"}
"""Steps of tuned settings that have another name."""


def ablation_page(steps: pd.DataFrame, tuned: Mapping[str, Any]) -> str:
    """The page as HTML, from the table of `ensemble.ablation` and what was tuned for the test."""
    blocks = [
        picture(_ablation_figure(steps), "Log loss after each step, and what each step gains"),
        table(_ablation_table(steps)),
        heading("What the chain chose for the test pictures"),
        table(_tuned_table(tuned)),
        fine_print(EXPLANATION, STEPS),
        code_of(apply_chain),
    ]
    return page(TITLE, ablation_answer(steps), blocks)


def ablation_answer(table: pd.DataFrame) -> str:
    """From the first model to the whole chain, the best step, and the steps that harm."""
    kept = table[table["left_out"] == 0].to_dict("records")
    first, last, steps = kept[0], kept[-1], kept[1:]
    best = max(steps, key=lambda row: row["gain_low"])
    told = (
        f"The whole chain has a log loss of {last['log_loss']:.3f} where the {first['step']} model "
        f"has {first['log_loss']:.3f}"
    )
    if best["gain_low"] > 0:
        told += (
            f"; the surest step is {best['step']}, {gain_in_nats(Interval.of(best, 'gain'))} than "
            "the row above"
        )
    names = ", ".join(
        f"{row['step']} ({_left_out(row)})" for row in steps if Interval.of(row, "without").high < 0
    )
    without = f" It would be better without {names}." if names else ""
    return f"{told}.{without}"


def _left_out(row: Mapping[Any, Any]) -> str:
    """What the whole chain without a step is beside the whole chain."""
    return gain_in_nats(-Interval.of(row, "without"))


def _ablation_table(table: pd.DataFrame) -> pd.DataFrame:
    """One row per step: scores, gain over the row above, what the step's absence costs."""
    total = table["log_loss"].iloc[0]
    gains = [Interval.of(row, "gain") for row in table.to_dict("records")]
    return pd.DataFrame(
        {
            "step": [
                f"{name} (left out)" if left else name
                for name, left in zip(table["step"], table["left_out"], strict=True)
            ],
            "log loss": [nats(_loss(row)) for row in table.to_dict("records")],
            "accuracy": table["accuracy"].map(percent),
            "against the row above": ["", *map(gain_in_nats, gains[1:])],
            "of the first log loss": [
                "",
                *(f"{100 * gain.value / total:+.1f} %" for gain in gains[1:]),
            ],
            "whole chain without it": [
                "" if np.isnan(row["without"]) else _left_out(row)
                for row in table.to_dict("records")
            ],
        }
    )


def _tuned_table(tuned: Mapping[str, Any]) -> pd.DataFrame:
    """Numbers chosen on all labelled rows, for the test pictures."""
    shown = {
        STEP_OF.get(name, name): "left out" if tuned[name] is None else f"{tuned[name]:g}"
        for name in ("neighbours", "neighbour_weight", "temperature", "floor")
    }
    weights = sorted(tuned["weights"].items(), key=lambda item: -item[1])
    rows = [{"setting": name.replace("_", " "), "chosen": value} for name, value in shown.items()]
    rows += [{"setting": "balance", "chosen": "on" if tuned["balance"] else "left out"}]
    rows += [
        {"setting": f"weight of {_title(name)}", "chosen": f"{weight:.3f}"}
        for name, weight in weights
        if weight >= 0.001
    ]
    return pd.DataFrame(rows)


def _ablation_figure(table: pd.DataFrame) -> Figure:
    """Log loss after each step with its interval, and what each gained over the one before."""
    figure = Figure(figsize=(10, 1.6 + 0.42 * len(table)), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    positions = np.arange(len(table))[::-1]
    for axis, value, low, high, label in (
        (left, "log_loss", "ci_low", "ci_high", "log loss after the step"),
        (right, "gain", "gain_low", "gain_high", "lower log loss than the row above"),
    ):
        rows = slice(None) if axis is left else slice(1, None)
        centre = table[value].to_numpy()[rows]
        errors = [centre - table[low].to_numpy()[rows], table[high].to_numpy()[rows] - centre]
        axis.errorbar(
            centre,
            positions[rows],
            xerr=np.abs(errors),
            fmt="o",
            color=COLOURS[0],
            ecolor=COLOURS[0],
            capsize=3,
        )
        axis.set_xlabel(f"{label} (nats), right is better", fontsize=11)
        axis.spines[["top", "right"]].set_visible(False)
        axis.grid(axis="x", color="#DDDDDD", linewidth=0.8)
        axis.set_axisbelow(True)
    names = [
        f"{name} (left out)" if left_out else name
        for name, left_out in zip(table["step"], table["left_out"], strict=True)
    ]
    left.set_yticks(positions, names, fontsize=11)
    left.invert_xaxis()
    right.axvline(0, color=GREY, linewidth=1)
    return figure


def _loss(row: Mapping[Any, Any]) -> Interval:
    return Interval(row["log_loss"], row["ci_low"], row["ci_high"])


def _title(name: str) -> str:
    return title_of(name) if name.startswith("backbone-") else name.replace("_", " ")
