"""The pages of what was learned about movies, and of the worked example."""

from typing import Any

import numpy as np
import pandas as pd

from practical_dl.movies.recommender.crosstab import Fit, one_hot_difference
from practical_dl.report.page import heading, page, paragraph, table

ENDS_SHOWN = 3


def learned_page(
    dataset: str,
    liking: pd.DataFrame,
    components: pd.DataFrame,
    nearest: pd.DataFrame,
    rated: int,
) -> str:
    """What did the model learn about movies?

    `liking` has the most-rated of all `rated` movies.
    """
    best, worst = liking.iloc[0], liking.iloc[-1]
    gaps = (liking["bias"] - liking["plain_mean"]).abs()
    misled = liking.loc[gaps.sort_values(ascending=False, kind="stable").index]
    gap = misled.iloc[0]
    finding = (
        f"Of {_movies(len(liking), rated)} the average user would like {best['title']} "
        f"best ({best['bias']:+.2f} stars against the mean) and {worst['title']} least "
        f"({worst['bias']:+.2f}). The plain mean is most misleading for {gap['title']}: "
        f"{gap['plain_mean']:+.2f} where the model says {gap['bias']:+.2f}."
    )
    blocks = [
        paragraph(
            "The bias is what the average of all users would give, above the mean of all ratings. "
            "The plain mean asks only those who chose to watch."
        ),
        heading("Best"),
        table(_liking(liking.head(10))),
        heading("Worst"),
        table(_liking(liking.tail(10).iloc[::-1])),
        heading("Where the plain mean misleads"),
        table(_liking(misled.head(10))),
        heading("Both ends of the principal components"),
        paragraph(
            "Components of the movie factors, in stars per standard deviation of taste. What "
            "they mean is for the reader to say; the sign is arbitrary."
        ),
        table(_ends(components)),
        heading("Nearest neighbours"),
        paragraph("By the angle between factors, for the most-rated movies."),
        table(nearest.drop(columns="movie_id").rename(columns=_spoken)),
    ]
    return page(f"What did the model learn about movies? ({dataset})", finding, blocks)


def crosstab_page(
    dataset: str, cells: pd.DataFrame, titles: list[str], fits: dict[str, Fit]
) -> str:
    """How does a factor model work? Truth beside prediction for the busiest users."""
    plain, biased = fits["without biases"], fits["with biases"]
    filled = int(cells.notna().to_numpy().sum())
    finding = (
        f"Five factors a user and a movie reproduce {filled} ratings with an RMSE of "
        f"{plain.rmse[-1]:.3f} stars, with biases {biased.rmse[-1]:.3f}. That proves little: "
        f"{plain.numbers()} and {biased.numbers()} numbers were fitted to {filled} ratings, so "
        "the table is nearly over-specified, and nothing was held out."
    )
    blocks = [
        paragraph(
            "The same tables with live formulas are in crosstab.xlsx: change a factor and watch "
            "the predictions and the RMSE follow. A dot stands where a user gave no stars."
        )
    ]
    for name, fit in fits.items():
        blocks += [
            heading(f"{name.capitalize()}: true / predicted"),
            table(_beside(cells, titles, fit.predicted())),
        ]
    users = plain.users
    difference = one_hot_difference(users, np.arange(len(users))[::-1])
    blocks += [
        heading("An embedding is a look-up"),
        paragraph(
            f"Looking up the factors of {len(users)} users is the same as multiplying their "
            f"one-hot rows by the table: the largest difference is {difference:g}. The look-up "
            f"copies {users.size} numbers, the product multiplies {users.size * len(users):,}; "
            "the log of this job has both times."
        ),
    ]
    return page(f"How does a factor model work? ({dataset})", finding, blocks)


def _movies(count: int, rated: int) -> str:
    return f"all {count:,} rated movies" if count == rated else f"the {count:,} most-rated movies"


def _liking(liking: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Movie": liking["title"],
            "Ratings": liking["ratings"].map("{:,}".format),
            "Bias (stars)": liking["bias"].map("{:+.2f}".format),
            "Plain mean (stars)": liking["plain_mean"].map("{:+.2f}".format),
        }
    )


def _ends(components: pd.DataFrame, count: int = 6) -> pd.DataFrame:
    rows = []
    for name in [f"component_{number}" for number in range(1, ENDS_SHOWN + 1)]:
        if name not in components:
            break
        ordered = components.sort_values(name, kind="stable")["title"].tolist()
        rows.append(
            {
                "Component": _spoken(name),
                "Lowest": "; ".join(ordered[:count]),
                "Highest": "; ".join(ordered[: -count - 1 : -1]),
            }
        )
    return pd.DataFrame(rows)


def _beside(cells: pd.DataFrame, titles: list[str], predicted: Any) -> pd.DataFrame:
    shown = pd.DataFrame({"User": cells.index})
    for place, title in enumerate(titles):
        shown[title] = [
            f". / {expected:.1f}" if np.isnan(true) else f"{true:g} / {expected:.1f}"
            for true, expected in zip(cells.iloc[:, place], predicted[:, place], strict=True)
        ]
    return shown


def _spoken(name: str) -> str:
    return name.replace("_", " ")
