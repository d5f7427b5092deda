"""What the augmentation sweep and its test say: sentences and tables made from their numbers."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from practical_dl.report.wording import in_nats, in_points, nats, percent, share, yes

Reports = Mapping[str, Mapping[str, Any]]


def sweep_answer(evidence: pd.DataFrame, together: pd.DataFrame) -> str:
    """What each type gives alone, and all chosen ones together."""
    chosen = evidence[evidence["chosen"] == 1]
    if chosen.empty:
        return (
            "No type at any level has more right than no augmentation by more than its standard "
            "error, so none is chosen: accuracy chooses, whatever they give in log loss."
        )
    named = "; ".join(
        f"{row['type'].replace('_', ' ')} {row['level']}: {in_points(_gain(row))}"
        for _, row in chosen.iterrows()
    )
    left = sorted(set(evidence["type"]) - set(chosen["type"]))
    rest = f" Not chosen: {', '.join(left).replace('_', ' ')}." if left else ""
    alone = f"Chosen, with the gain in accuracy on unseen drivers: {named}.{rest}"
    return f"{alone} {_together_answer(together)}"


def _together_answer(together: pd.DataFrame) -> str:
    best = together.iloc[int(together["gain"].to_numpy().argmax())]
    if not best["chosen"]:
        return "All of them together beat no augmentation at no strength, so none is used."
    return (
        f"All together, at {float(best['level']):g} times these levels: {in_points(_gain(best))}."
    )


def sweep_table(evidence: pd.DataFrame, seconds: Mapping[str, float | None]) -> pd.DataFrame:
    """One row a setting, with the seconds that it took: its job's, shared among its settings."""
    settings = evidence["type"].value_counts()
    return pd.DataFrame(
        [
            {
                "type": row["type"].replace("_", " "),
                "level": row["level"],
                "log loss": f"{row['log_loss']:.3f}",
                "gain in log loss": in_nats(_log_loss_gain(row)),
                "accuracy": percent(row["accuracy"]),
                "gain in accuracy": in_points(_gain(row)),
                "standard error": f"{100 * row['standard_error']:.1f}",
                "chosen": yes(row["chosen"] == 1),
                "seconds": _shared(seconds[row["type"]], settings[row["type"]]),
            }
            for _, row in evidence.iterrows()
        ]
    )


def augmentation_curves(history: pd.DataFrame) -> dict[str, "pd.Series[float]"]:
    """Accuracy by epoch with and without augmentation, on trained and on inner groups."""
    curves = {}
    for setting, rows in history.groupby("setting", sort=False):
        means = rows.groupby("epoch").mean(numeric_only=True)
        curves[f"training groups, {setting}"] = means["accuracy"]
        curves[f"inner groups, {setting}"] = means["inner_accuracy"]
    return curves


def augmentation_answer(read: Reports, amounts: Mapping[str, float]) -> str:
    if not amounts:
        return "The sweep chose no augmentation, so there is nothing to compare."
    gain = read["gain"]["scores"]
    named = ", ".join(f"{name.replace('_', ' ')} {level:g}" for name, level in amounts.items())
    return (
        f"With {named}, conv1 is right about {share(read['augmented']['scores']['accuracy'])} of "
        f"the pictures of groups on which nothing was chosen, without about "
        f"{share(read['none']['scores']['accuracy'])}: {in_points(gain['accuracy'])}; log loss "
        f"{in_nats(gain['log_loss'])}. Trainings of each: {read['augmented']['seeds']}; intervals "
        f"{read['gain']['interval']}."
    )


def augmentation_table(read: Reports) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "model": read[key]["model"],
                "accuracy": share(read[key]["scores"]["accuracy"]),
                "log loss": nats(read[key]["scores"]["log_loss"]),
                "pictures": read[key]["n"],
                "groups": read[key]["groups"],
            }
            for key in ("none", "augmented")
        ]
    )


def _gain(row: "pd.Series[Any]") -> dict[str, float]:
    return {"value": row["gain"], "ci_low": row["ci_low"], "ci_high": row["ci_high"]}


def _log_loss_gain(row: "pd.Series[Any]") -> dict[str, float]:
    return {
        "value": row["log_loss_gain"],
        "ci_low": row["log_loss_low"],
        "ci_high": row["log_loss_high"],
    }


def _shared(seconds: float | None, settings: int) -> str:
    return "" if seconds is None else f"{seconds / settings:.1f}"
