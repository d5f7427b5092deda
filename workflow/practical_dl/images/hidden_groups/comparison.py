"""Estimate and truth side by side, of each member and after each step of the chain."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.ensemble.combination import combine
from practical_dl.images.ensemble.members import Ensemble
from practical_dl.images.ensemble.tuning import Choices
from practical_dl.images.submission.estimate import estimate
from practical_dl.scoring.metrics import Values, hits, log_losses

COLUMNS = [
    "draw",
    "kind",
    "step",
    "estimate",
    "ci_low",
    "ci_high",
    "truth",
    "accuracy_estimate",
    "accuracy_truth",
]
Pairs = Iterator[tuple[str, str, Values, Values]]


def compare(
    draw: int,
    ensemble: Ensemble,
    members: Mapping[str, tuple[ClassPredictions, ClassPredictions]],
    choices: Choices,
    truth: ClassPredictions,
    seed: int,
) -> pd.DataFrame:
    """One row a member and a step: COLUMNS, log losses in nats.

    Args:
        members: by name, predictions out of fold and of the hidden rows.
        truth: the hidden rows with their true classes and groups; its probabilities are not read.
    """
    tests = [test for _, test in members.values()]
    rows = [
        {"draw": draw, "kind": kind, "step": step}
        | _compared(replace(ensemble.first, probabilities=known), truth, hidden, seed)
        for kind, step, known, hidden in (
            *_of_members(members),
            *_of_steps(ensemble, tests, choices),
        )
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _of_members(members: Mapping[str, tuple[ClassPredictions, ClassPredictions]]) -> Pairs:
    for name, (known, hidden) in members.items():
        yield "member", name, known.probabilities, hidden.probabilities


def _of_steps(ensemble: Ensemble, tests: Sequence[ClassPredictions], choices: Choices) -> Pairs:
    """The chain after each of its steps."""
    steps = choices.steps()
    combined = combine(ensemble, tests, choices.only(steps))
    for number, name in enumerate(["ensemble", *steps]):
        yield "step", name, *combined.predicted(steps[:number])


def _compared(
    known: ClassPredictions, truth: ClassPredictions, hidden: Values, seed: int
) -> dict[str, Any]:
    expected = estimate("", "", known, 0.0, len(np.unique(truth.groups)), seed)["scores"]
    loss, labels = expected["log_loss"], truth.labels()
    return {
        "estimate": loss["value"],
        "ci_low": loss["ci_low"],
        "ci_high": loss["ci_high"],
        "truth": log_losses(labels, hidden).mean(),
        "accuracy_estimate": expected["accuracy"]["value"],
        "accuracy_truth": hits(labels, hidden).mean(),
    }


def with_truth(hidden: ClassPredictions, manifest: pd.DataFrame) -> ClassPredictions:
    """The hidden rows with class and group of the whole `manifest`: the only look at them."""
    known = manifest.set_index("image_id").loc[hidden.ids]
    groups = np.where(known["group"] == "", hidden.ids, known["group"])
    return replace(hidden, true=known["label"].to_numpy(), groups=groups)


def summary(compared: pd.DataFrame) -> pd.DataFrame:
    """One row a member and a step, over the draws of `compare`'s tables.

    Columns kind, step, draws, estimate and truth (medians), ratio (median of truth / estimate),
    ratio_low and ratio_high (the least and the greatest), inside (share of the draws whose truth
    lies in the interval), width (median of the interval, by the estimate).
    """
    table = compared.assign(
        ratio=compared["truth"] / compared["estimate"],
        inside=compared["truth"].between(compared["ci_low"], compared["ci_high"]),
        width=(compared["ci_high"] - compared["ci_low"]) / compared["estimate"],
    )
    by_step = table.groupby(["kind", "step"], sort=False)
    found = by_step.agg(
        draws=("draw", "size"),
        estimate=("estimate", "median"),
        truth=("truth", "median"),
        ratio=("ratio", "median"),
        ratio_low=("ratio", "min"),
        ratio_high=("ratio", "max"),
        inside=("inside", "mean"),
        width=("width", "median"),
    )
    return found.reset_index()


def read_compared(path: str) -> pd.DataFrame:
    """Read the table of `compare`."""
    numbers = dict.fromkeys(COLUMNS[3:], float)
    return read_csv(path, COLUMNS, {"draw": int, **numbers})
