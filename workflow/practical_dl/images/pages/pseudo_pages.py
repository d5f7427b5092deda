"""What pseudo-labels and distillation gave, in sentences and tables made from the numbers."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from practical_dl.images.plan.pseudo_labels import PART_WORDS, SHUFFLED, describe
from practical_dl.images.pseudo_labels.choice import Setting
from practical_dl.images.pseudo_labels.scores import CALIBRATED
from practical_dl.report.wording import (
    in_nats,
    in_points,
    is_noise,
    nats,
    percent,
    share,
    turned_round,
)

SHOWN = ("log_loss", CALIBRATED, "accuracy")


def pseudo_answer(table: pd.DataFrame, settings: Sequence[Setting]) -> str:
    """Whether each pool's own setting helps beyond the control."""
    sentences = [_pool_sentence(table, setting, part) for setting, part in _pools(table, settings)]
    return " ".join(sentences)


def checks(table: pd.DataFrame, settings: Sequence[Setting]) -> list[str]:
    """For each of these answers what it rests on: its own log loss, and the shuffled control."""
    return [_check_sentence(table, setting, part) for setting, part in _pools(table, settings)]


def _pools(table: pd.DataFrame, settings: Sequence[Setting]) -> list[tuple[Setting, str]]:
    """Pools' own settings, each with every part of the held-out pictures that it is scored on."""
    return [
        (setting, str(part))
        for setting in settings
        if setting.name == setting.pool != "none"
        for part in table["part"][table["setting"] == setting.name].unique()
    ]


def _pool_sentence(table: pd.DataFrame, setting: Setting, part: str) -> str:
    pool = setting.pool
    loss, fair, right = (_row(table, setting.name, part, metric) for metric in SHOWN)
    pictures = "the test pictures" if pool == "test" else "half of the held-out drivers"
    if pool == "both":
        pictures += " and the test pictures"
    return (
        f"After {loss['round']} rounds with {setting.labels} pseudo-labels of {pictures}, "
        f"{percent(setting.share, 0)} of every batch, {_verdict(loss, fair)} beyond "
        f"the same epochs without them on {_drivers(part)}: gain in calibrated log loss "
        f"{in_nats(_scored(fair))}; in log loss as predicted {in_nats(_scored(loss))}; "
        f"in accuracy {in_points(_scored(right))}."
    )


def _drivers(part: str) -> str:
    return PART_WORDS[part].replace("groups", "drivers")


def _verdict(loss: Mapping[str, Any], fair: Mapping[str, Any]) -> str:
    """Of the log loss as predicted, and of the calibrated one."""
    gain = _scored(fair)
    if is_noise(gain) or fair["seeds_better"] < fair["seeds"]:
        harms = "they harm as predicted, and " if loss["gain_high"] < 0 else ""
        return f"{harms}it is not proven that they help"
    return "they help" if gain["value"] > 0 else "they harm"


def _check_sentence(table: pd.DataFrame, setting: Setting, part: str) -> str:
    fair = _row(table, setting.name, part, CALIBRATED)
    plain_control, fair_control = (
        _row(table, f"{setting.pool}_{SHUFFLED}", part, metric)
        for metric in ("log_loss", CALIBRATED)
    )
    return (
        f"{describe(setting)}, {_drivers(part)}: calibrated log loss "
        f"{nats(_scored(fair, 'value', 'ci'))}; {fair['seeds_better']} of {fair['seeds']} seeds "
        f"agree on its gain. The same labels shuffled among the pictures gain, calibrated, "
        f"{in_nats(_scored(fair_control))}; as predicted, {in_nats(_scored(plain_control))}."
    )


def setting_table(table: pd.DataFrame, settings: Sequence[Setting]) -> pd.DataFrame:
    """One row a setting and part: scores, and gains over the control on the same pictures."""
    rows = []
    for setting in settings:
        for part in table["part"][table["setting"] == setting.name].unique():
            loss, fair, right = (_row(table, setting.name, str(part), name) for name in SHOWN)
            control = setting.pool == "none"
            rows.append(
                {
                    "setting": describe(setting),
                    "scored on": PART_WORDS[str(part)],
                    "log loss": nats(_scored(loss, "value", "ci")),
                    "calibrated": nats(_scored(fair, "value", "ci")),
                    "accuracy": share(_scored(right, "value", "ci")),
                    "gain in log loss": "" if control else in_nats(_scored(loss)),
                    "the same, calibrated": "" if control else in_nats(_scored(fair)),
                    "gain in accuracy": "" if control else in_points(_scored(right)),
                    "seeds agreeing": ""
                    if control
                    else f"{fair['seeds_better']} and {right['seeds_better']} of {fair['seeds']}",
                    "pictures (groups)": f"{loss['n']:,} ({loss['groups']})",
                }
            )
    return pd.DataFrame(rows)


def progress_shown(progress: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a setting and round."""
    kept = progress[progress["setting"].isin(list(names))]
    shown = pd.DataFrame({"setting": kept["setting"].map(names), "round": kept["round"]})
    columns = {
        "chosen": "of the pool trained on",
        "valid_right": "of these right, held-out drivers",
        "test_right": "of these right, test pictures",
        "changed": "likeliest class changed",
        "agreement": "agreement with the round before",
    }
    for column, title in columns.items():
        shown[title] = kept[column].map(lambda value: "" if pd.isna(value) else percent(value))
    return shown


def distillation_answer(
    reports: Mapping[str, Mapping[str, Any]],
    gain: Mapping[str, Any],
    speed: pd.DataFrame,
    temperature: float,
    classes: int,
) -> str:
    """Whether the pupil learned from the teacher, and what it costs beside it."""
    loss, right = gain["scores"]["log_loss"], gain["scores"]["accuracy"]
    size, rate = _of_network(speed, "megabytes"), _of_network(speed, "pictures_a_second")
    smaller, faster = size["teacher"] / size["pupil"], rate["pupil"] / rate["teacher"]
    scores = {name: report["scores"]["log_loss"] for name, report in reports.items()}
    return (
        f"Taught by soft predictions at temperature {temperature:g}, on labelled and unlabelled "
        f"pictures, the small network's log loss on unseen drivers is "
        f"{nats(scores['pupil_distilled'])} against {nats(scores['pupil_true'])} on true labels "
        f"alone: a gain of {in_nats(turned_round(loss))}, accuracy {in_points(right)}. Its teacher "
        f"has {nats(scores['teacher'])}; equal probabilities for all {classes} classes have "
        f"{math.log(classes):.3f}. The small network has a size of 1/{smaller:.0f} and takes "
        f"{faster:.1f} times as many pictures a second."
    )


def learner_table(reports: Mapping[str, Mapping[str, Any]], speed: pd.DataFrame) -> pd.DataFrame:
    """One row a learner: score, size and speed."""
    size, rate = _of_network(speed, "megabytes"), _of_network(speed, "pictures_a_second")
    rows = []
    for name, report in reports.items():
        network = "teacher" if name == "teacher" else "pupil"
        rows.append(
            {
                "network": report["model"],
                "log loss": nats(report["scores"]["log_loss"]),
                "accuracy": share(report["scores"]["accuracy"]),
                "megabytes": f"{size[network]:.2f}",
                "pictures a second": f"{rate[network]:,.0f}",
            }
        )
    return pd.DataFrame(rows)


def last_round(scores: pd.DataFrame) -> pd.DataFrame:
    """The rows of the last round."""
    return scores[scores["round"] == scores["round"].max()]


def _of_network(speed: pd.DataFrame, column: str) -> dict[str, float]:
    return dict(zip(speed["network"], speed[column], strict=True))


def _row(table: pd.DataFrame, setting: str, part: str, metric: str) -> dict[str, Any]:
    chosen = (table["setting"] == setting) & (table["part"] == part) & (table["metric"] == metric)
    return {str(key): value for key, value in table[chosen].iloc[0].items()}


def _scored(row: Mapping[str, Any], name: str = "gain", ends: str = "gain") -> dict[str, float]:
    return {"value": row[name], "ci_low": row[f"{ends}_low"], "ci_high": row[f"{ends}_high"]}
