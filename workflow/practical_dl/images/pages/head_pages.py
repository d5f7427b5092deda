"""What the folds say, in sentences and tables made from their numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.networks.grid import AXES, describe, point_of_name
from practical_dl.report.wording import in_nats, is_noise, nats, percent, share
from practical_dl.scoring.metrics import (
    NOT_GROUPED,
    classification_scores,
    hits,
    is_grouped,
    log_losses,
    paired_difference,
)

STEP_OF = {"floor": "clip"}
"""What a tuned setting's step is called, where it has another name."""


def score_table(
    names: Sequence[str], models: Sequence[ClassPredictions], seed: int
) -> pd.DataFrame:
    """One row a model: log loss, accuracy, and its gain over the first model on the same rows."""
    labels, groups = models[0].labels(), models[0].groups
    floor = log_losses(labels, models[0].probabilities)
    rows = []
    for name, model in zip(names, models, strict=True):
        scores = classification_scores(labels, model.probabilities, groups, seed)
        losses = log_losses(labels, model.probabilities)
        gain = paired_difference(losses, floor, groups, seed)
        row = {"model": name, "log loss": nats(scores["log_loss"])}
        row["accuracy"] = share(scores["accuracy"])
        row["log loss minus the first's"] = in_nats(gain) if model is not models[0] else ""
        row["the same in percent"] = (
            "" if model is models[0] else f"{100 * (losses.mean() / floor.mean() - 1):+.1f} %"
        )
        rows.append(row)
    return pd.DataFrame(rows)


def score_answer(names: Sequence[str], models: Sequence[ClassPredictions], seed: int) -> str:
    """What the last model makes of the first, and its hardest group."""
    labels, groups = models[0].labels(), models[0].groups
    losses = [log_losses(labels, model.probabilities) for model in models]
    gain = paired_difference(losses[-1], losses[0], groups, seed)
    accuracy = [hits(labels, model.probabilities).mean() for model in models]
    by_group = pd.Series(losses[-1]).groupby(groups).mean().sort_values()
    rows = f"{len(by_group)} groups" if is_grouped(groups) else f"{len(labels):,} pictures"
    told = (
        f"On {rows} that their models never saw, {names[-1]} has a log loss of "
        f"{losses[-1].mean():.3f} against {losses[0].mean():.3f} of {names[0]}: "
        f"{percent(1 - losses[-1].mean() / losses[0].mean(), 0)} less, {in_nats(gain)}; "
        f"it is right about {percent(accuracy[-1])} instead of {percent(accuracy[0])}."
    )
    if not is_grouped(groups):
        return f"{told} Pictures are {NOT_GROUPED}: nearly equal ones may have been trained on."
    return (
        f"{told} Easiest is {by_group.index[0]} ({by_group.iloc[0]:.2f}), "
        f"hardest {by_group.index[-1]} ({by_group.iloc[-1]:.2f})."
    )


def group_losses(names: Sequence[str], models: Sequence[ClassPredictions]) -> pd.DataFrame:
    """Mean log loss of each group (row) by each model (column), the hardest group first."""
    labels, groups = models[0].labels(), models[0].groups
    columns = {
        name: pd.Series(log_losses(labels, model.probabilities)).groupby(groups).mean()
        for name, model in zip(names, models, strict=True)
    }
    return pd.DataFrame(columns).sort_values(names[-1], ascending=False)


def confusion_table(predicted: ClassPredictions, count: int) -> pd.DataFrame:
    """The pairs of classes that are confused most: pictures, share of the true class, log loss."""
    labels = predicted.labels()
    chosen = predicted.probabilities.argmax(axis=1)
    frame = pd.DataFrame(
        {
            "true class": np.asarray(predicted.classes)[labels],
            "taken for": np.asarray(predicted.classes)[chosen],
            "loss": log_losses(labels, predicted.probabilities),
        }
    )
    sizes = frame["true class"].value_counts()
    wrong = frame[labels != chosen]
    pairs = wrong.groupby(["true class", "taken for"])["loss"].agg(["size", "mean"]).reset_index()
    pairs = pairs.sort_values("size", ascending=False, kind="stable").head(count)
    pairs["of the true class"] = [
        percent(size / sizes[name])
        for name, size in zip(pairs["true class"], pairs["size"], strict=True)
    ]
    pairs["mean"] = pairs["mean"].map("{:.2f}".format)
    return pairs.rename(columns={"size": "pictures", "mean": "their mean log loss"})


def confident_mistakes(predicted: ClassPredictions, count: int) -> pd.DataFrame:
    """The rows with the highest loss, one of each group, true and predicted class.

    Columns id, group, true, taken_for, probability (of the predicted class), true_probability.
    """
    labels = predicted.labels()
    chosen = predicted.probabilities.argmax(axis=1)
    rows = np.arange(len(labels))
    frame = pd.DataFrame(
        {
            "id": predicted.ids,
            "group": predicted.groups,
            "true": predicted.true,
            "taken_for": np.asarray(predicted.classes)[chosen],
            "probability": predicted.probabilities[rows, chosen],
            "true_probability": predicted.probabilities[rows, labels],
        }
    )
    wrong = frame[labels != chosen].sort_values("true_probability", kind="stable")
    return wrong.drop_duplicates(["group", "true", "taken_for"]).head(count)


def ablation_answer(table: pd.DataFrame) -> str:
    """The whole way in one sentence, then which steps help, one after the other and at the end."""
    kept = table[table["left_out"] == 0]
    left_out = table["step"][table["left_out"] == 1]
    first, last = kept.iloc[0], kept.iloc[-1]
    steps = kept.iloc[1:]
    helped = steps[steps["gain_low"] > 0].sort_values("gain", ascending=False)["step"]
    harmed = steps[steps["gain_high"] < 0]["step"]
    noise = steps[(steps["gain_low"] <= 0) & (steps["gain_high"] >= 0)]["step"]
    needed = steps[steps["without_low"] > 0]["step"]
    return (
        f"From the {first['step']} model's log loss of {first['log_loss']:.3f} to "
        f"{last['log_loss']:.3f}: {percent(1 - last['log_loss'] / first['log_loss'], 0)} less. "
        f"Each over the row above, outside the noise, most first, help: {_listed(helped)}; within "
        f"it: {_listed(noise)}; harmful: {_listed(harmed)}. A step can undo another: "
        f"the whole chain would be worse, outside the noise, without {_listed(needed)}. Measured "
        f"and left out: {_listed(left_out)}."
    )


def ablation_table(table: pd.DataFrame) -> pd.DataFrame:
    """One row a step: scores after it, what it gains over the row above, what its absence costs."""
    total = table["log_loss"].iloc[0]
    gains = [_scored(row, "gain") for row in table.to_dict("records")]
    costs = [_scored(row, "without") for row in table.to_dict("records")]
    return pd.DataFrame(
        {
            "step": [
                f"{name} (left out)" if left else name
                for name, left in zip(table["step"], table["left_out"], strict=True)
            ],
            "log loss": [nats(_scored(row, "log_loss", "ci")) for row in table.to_dict("records")],
            "accuracy": table["accuracy"].map(percent),
            "gain over the row above": ["", *map(in_nats, gains[1:])],
            "of the first log loss": [
                "",
                *(f"{100 * gain['value'] / total:+.1f} %" for gain in gains[1:]),
            ],
            "whole chain without it": ["" if np.isnan(c["value"]) else in_nats(c) for c in costs],
        }
    )


def tuned_table(tuned: Mapping[str, Any]) -> pd.DataFrame:
    """What was chosen on all labelled rows, for the test pictures."""
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


def selection_answer(
    scores: pd.DataFrame, choice: Mapping[str, Any], report: Mapping[str, Any]
) -> str:
    """The selected head, its score on groups that no choice has seen, what the sample says."""
    name = choice["selected"]
    others = set(choice["without_fold"].values())
    agreed = (
        "every fold would choose it without itself"
        if others == {name}
        else f"without one fold or another {len(others)} different heads would be chosen"
    )
    nested = report["scores"]["log_loss"]
    looked = scores.set_index("name").loc[name, "log_loss"]
    return (
        f"Selected of {len(scores)} heads: {_title(name)}; {agreed}. On groups that the choice "
        f"has not seen, its log loss is {nats(nested)}; on those that chose it, {looked:.3f}. "
        f"{sample_sentence(scores)}"
    )


def sample_sentence(scores: pd.DataFrame) -> str:
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


def score_of_points_table(scores: pd.DataFrame) -> pd.DataFrame:
    """One row a head, best first."""
    records = scores.to_dict("records")
    shown = scores[list(AXES)].copy()
    shown["log loss"] = [nats(_scored(row, "log_loss", "ci")) for row in records]
    shown["accuracy"] = scores["accuracy"].map(percent)
    return shown


def gain_table(gains: pd.DataFrame) -> pd.DataFrame:
    """One row a step along an axis, all else equal."""
    records = gains.to_dict("records")
    return pd.DataFrame(
        {
            "setting": gains["axis"],
            "from": gains["lower"],
            "to": gains["higher"],
            "pairs of heads": gains["pairs"],
            "gain in log loss": [in_nats(_scored(row, "gain", "ci")) for row in records],
        }
    )


def strongest(gains: pd.DataFrame) -> str:
    """The largest effect that is no noise, in words."""
    real = [row for row in gains.to_dict("records") if not is_noise(_scored(row, "gain", "ci"))]
    if not real:
        return "No setting makes a difference outside the noise."
    row = max(real, key=lambda row: abs(row["gain"]))
    gain = _scored(row, "gain", "ci")
    return (
        f"The largest effect of a single setting, all else equal: {row['axis']} from "
        f"{row['lower']} to {row['higher']}, a gain in log loss of {in_nats(gain)}. "
        "A gain is positive where the log loss falls."
    )


def _scored(row: Mapping[Any, Any], name: str, prefix: str = "") -> dict[str, float]:
    prefix = prefix or name
    return {
        "value": row[name],
        "ci_low": row[f"{prefix}_low"],
        "ci_high": row[f"{prefix}_high"],
    }


def _title(name: str) -> str:
    return describe(point_of_name(name)) if name.startswith("backbone-") else name.replace("_", " ")


def _listed(names: "pd.Series[str]") -> str:
    return ", ".join(names) if len(names) else "nothing"
