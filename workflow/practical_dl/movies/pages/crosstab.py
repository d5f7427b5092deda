"""The page of the question: how does a factor model work?"""

from typing import Any

import numpy as np
import pandas as pd

from practical_dl.movies.recommender.crosstab import Fit, one_hot_difference
from practical_dl.report.page import fine_print, heading, page, paragraph, table

TITLE = "How does a factor model work?"
LIVE = (
    "The same tables with live formulas are in crosstab.xlsx: change a factor and watch the "
    "predictions and the RMSE follow. A dot stands where a user gave no stars."
)
LOOK_UP = (
    "Looking up the factors of {users} users is the same as multiplying their one-hot rows by the "
    "table: the largest difference is {difference:g}. The look-up copies {copied} numbers, the "
    "product multiplies {multiplied:,}; the log of this job has both times."
)


def crosstab_page(
    dataset: str, cells: pd.DataFrame, titles: list[str], fits: dict[str, Fit]
) -> str:
    """Truth beside prediction for the busiest users, as `fit_cells` has it."""
    users = fits["without biases"].users
    difference = one_hot_difference(users, np.arange(len(users))[::-1])
    numbers = {"copied": users.size, "multiplied": users.size * len(users)}
    blocks: list[str] = []
    for name, fit in fits.items():
        blocks += [
            heading(f"{name.capitalize()}: true / predicted"),
            table(_beside(cells, titles, fit.predicted())),
        ]
    blocks += [
        heading("An embedding is a look-up"),
        paragraph(LOOK_UP.format(users=len(users), difference=difference, **numbers)),
        fine_print(LIVE, _fitted(cells, fits)),
    ]
    return page(f"{TITLE} ({dataset})", _finding(cells, fits), blocks)


def _finding(cells: pd.DataFrame, fits: dict[str, Fit]) -> str:
    plain, biased = fits["without biases"], fits["with biases"]
    return (
        f"Five factors per user and per movie reproduce {_filled(cells)} ratings with an RMSE of "
        f"{plain.rmse[-1]:.3f} stars, with biases {biased.rmse[-1]:.3f}."
    )


def _fitted(cells: pd.DataFrame, fits: dict[str, Fit]) -> str:
    plain, biased = fits["without biases"], fits["with biases"]
    return (
        f"That proves little: {plain.numbers()} and {biased.numbers()} numbers were fitted to "
        f"{_filled(cells)} ratings, and nothing was held out."
    )


def _filled(cells: pd.DataFrame) -> int:
    return int(cells.notna().to_numpy().sum())


def _beside(cells: pd.DataFrame, titles: list[str], predicted: Any) -> pd.DataFrame:
    """A column per movie, of which two may have one title."""
    columns = [
        [
            f". / {expected:.1f}" if np.isnan(true) else f"{true:g} / {expected:.1f}"
            for true, expected in zip(cells.iloc[:, place], predicted[:, place], strict=True)
        ]
        for place in range(len(titles))
    ]
    shown = pd.DataFrame(dict(enumerate([cells.index, *columns])))
    return shown.set_axis(["User", *titles], axis=1)
