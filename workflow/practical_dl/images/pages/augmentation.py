"""Page on the augmentation that the sweep chose, against none at the same budget."""

from collections.abc import Mapping

import pandas as pd

from practical_dl.images.pages.sample_plots import curves_figure, question_page
from practical_dl.images.pictures.augmentation import Amounts
from practical_dl.images.sample.reports import Report, scored
from practical_dl.images.sample.trainings import differences_of_rows
from practical_dl.report.wording import gain_in_nats, gain_in_points, nats, share

Reports = Mapping[str, Report]
SETTINGS = ("none", "augmented")


def augmentation_page(reports: Reports, history: pd.DataFrame, amounts: Amounts) -> str:
    """The page as HTML; `reports` are those of `sample.reports.augmentation_reports`."""
    levels = {
        f"validation groups, {name}": scored(reports[name], "accuracy").value for name in SETTINGS
    }
    return question_page(
        "Does the swept augmentation help the network of two convolutions, at the same budget?",
        augmentation_answer(reports, amounts),
        curves_figure(_curves(history), "accuracy", levels),
        "Accuracy by epoch with and without augmentation; dotted lines are groups never seen",
        _table(reports),
        [
            f"The network is conv1. Trainings of each: {reports['augmented']['seeds']}; intervals "
            f"{reports['gain']['interval']}."
        ],
        differences_of_rows,
    )


def augmentation_answer(reports: Reports, amounts: Amounts) -> str:
    """What the chosen augmentation gives over the same training without."""
    if not amounts:
        return "The sweep chose no augmentation, so there is nothing to compare."
    named = ", ".join(f"{name.replace('_', ' ')} {level:g}" for name, level in amounts.items())
    return (
        f"With {named}, the accuracy on groups that no choice has seen is "
        f"{gain_in_points(scored(reports['gain'], 'accuracy'))} beside the same training without "
        "augmentation."
    )


def _curves(history: pd.DataFrame) -> dict[str, "pd.Series[float]"]:
    """Accuracy by epoch with and without augmentation, on trained and on inner groups."""
    curves = {}
    for setting, rows in history.groupby("setting", sort=False):
        means = rows.groupby("epoch").mean(numeric_only=True)
        curves[f"training groups, {setting}"] = means["accuracy"]
        curves[f"inner groups, {setting}"] = means["inner_accuracy"]
    return curves


def _table(reports: Reports) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "model": reports[name]["model"],
                "accuracy": share(scored(reports[name], "accuracy")),
                "log loss": nats(scored(reports[name], "log_loss")),
                **_against(reports["gain"], name),
                "pictures": reports[name]["n"],
                "groups": reports[name]["groups"],
            }
            for name in SETTINGS
        ]
    )


def _against(gain: Report, name: str) -> dict[str, str]:
    """What augmentation gained over none; empty texts in the row of none itself."""
    told = {
        "accuracy against none": gain_in_points(scored(gain, "accuracy")),
        "log loss against none": gain_in_nats(-scored(gain, "log_loss")),
    }
    return told if name == "augmented" else dict.fromkeys(told, "")
