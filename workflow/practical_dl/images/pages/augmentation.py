"""Page on the augmentation that the sweep chose, against none at the same budget."""

from collections.abc import Mapping

import pandas as pd

from practical_dl.images.pages.sample_plots import curves_figure, question_page
from practical_dl.images.pictures.augmentation import Amounts
from practical_dl.images.sample.reports import Report, scored
from practical_dl.report.wording import in_nats, in_points, nats, share

Reports = Mapping[str, Report]
SETTINGS = ("none", "augmented")


def augmentation_page(reports: Reports, history: pd.DataFrame, amounts: Amounts) -> str:
    """The page as HTML; `reports` are those of `sample.reports.augmentation_reports`."""
    levels = {
        f"validation groups, {name}": scored(reports[name], "accuracy").value for name in SETTINGS
    }
    return question_page(
        "Does the swept augmentation help the network of two convolutions, at the same budget?",
        _answer(reports, amounts),
        curves_figure(_curves(history), "accuracy", levels),
        "Accuracy by epoch with and without augmentation; dotted lines are groups never seen",
        _table(reports),
    )


def _answer(reports: Reports, amounts: Amounts) -> str:
    if not amounts:
        return "The sweep chose no augmentation, so there is nothing to compare."
    gain = reports["gain"]
    named = ", ".join(f"{name.replace('_', ' ')} {level:g}" for name, level in amounts.items())
    return (
        f"With {named}, conv1 is right about {share(scored(reports['augmented'], 'accuracy'))} of "
        f"the pictures of groups on which nothing was chosen, without about "
        f"{share(scored(reports['none'], 'accuracy'))}: {in_points(scored(gain, 'accuracy'))}; log "
        f"loss {in_nats(scored(gain, 'log_loss'))}. Trainings of each: "
        f"{reports['augmented']['seeds']}; intervals {gain['interval']}."
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
                "pictures": reports[name]["n"],
                "groups": reports[name]["groups"],
            }
            for name in SETTINGS
        ]
    )
