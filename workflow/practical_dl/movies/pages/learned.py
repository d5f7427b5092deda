"""The page and picture of the question: what did the model learn about movies?"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from practical_dl.movies.recommender.learned import Learned
from practical_dl.report.page import fine_print, heading, page, table
from practical_dl.report.plotting import COLOURS, GREY, new_axes
from practical_dl.report.wording import percent

TITLE = "What did the model learn about movies?"
BIAS = (
    "The bias is what the average of all users would give, above the mean of all ratings. The "
    "plain mean asks only those who chose to watch."
)
COMPONENTS = (
    "Components of the movie factors, in stars per standard deviation of taste. What they mean is "
    "for the reader to say; the sign is arbitrary."
)
NEAREST = "Neighbours are nearest by the angle between factors, for the most-rated movies."
ENDS_SHOWN = 3
LABEL_WIDTH, LABEL_HEIGHT = 0.22, 0.024


def learned_page(dataset: str, learned: Learned) -> str:
    """The page of what was learned about the most-rated movies."""
    liking = learned.liking
    gaps = (liking["bias"] - liking["plain_mean"]).abs()
    misled = liking.loc[gaps.sort_values(ascending=False, kind="stable").index]
    blocks = [
        heading("Best"),
        table(_liking(liking.head(10))),
        heading("Worst"),
        table(_liking(liking.tail(10).iloc[::-1])),
        heading("Where the plain mean misleads"),
        table(_liking(misled.head(10))),
        heading("Both ends of the principal components"),
        table(_ends(learned.components)),
        heading("Nearest neighbours"),
        table(learned.nearest.drop(columns="movie_id").rename(columns=_spoken)),
        fine_print(BIAS, COMPONENTS, NEAREST),
    ]
    return page(f"{TITLE} ({dataset})", _finding(liking, misled.iloc[0], learned.rated), blocks)


def _finding(liking: pd.DataFrame, gap: pd.Series, rated: int) -> str:
    best, worst = liking.iloc[0], liking.iloc[-1]
    return (
        f"Of {_movies(len(liking), rated)} the average user would like {best['title']} "
        f"best ({best['bias']:+.2f} stars against the mean) and {worst['title']} least "
        f"({worst['bias']:+.2f}); the plain mean misleads most for {gap['title']}."
    )


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


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def components_figure(
    components: pd.DataFrame, pair: Sequence[int], shares: Sequence[float], labels: int
) -> Figure:
    """Movies by two principal components of their factors; the outermost ones are named."""
    figure, axes = new_axes(
        f"component {pair[0]} ({percent(shares[pair[0] - 1], 0)} of the variance)",
        f"component {pair[1]} ({percent(shares[pair[1] - 1], 0)} of the variance)",
        size=(11.0, 8.5),
    )
    places = components[[f"component_{number}" for number in pair]].to_numpy()
    axes.scatter(places[:, 0], places[:, 1], s=9, color=COLOURS[5], alpha=0.6, linewidths=0)
    named = _outermost(places, labels)
    axes.scatter(places[named, 0], places[named, 1], s=18, color=COLOURS[0])
    middle = np.median(places[:, 0])
    for row in named:
        right = places[row, 0] >= middle
        axes.annotate(
            _short(str(components["title"].iloc[row])),
            places[row],
            xytext=(-5 if right else 5, 0),
            textcoords="offset points",
            ha="right" if right else "left",
            va="center",
            fontsize=9.5,
        )
    axes.axhline(0, color=GREY, linewidth=0.6)
    axes.axvline(0, color=GREY, linewidth=0.6)
    return figure


def _outermost(places: np.ndarray, count: int) -> list[int]:
    """Rows far from the middle whose labels do not cover each other."""
    span = np.ptp(places, axis=0)
    scaled = (places - places.mean(axis=0)) / span
    right = places[:, 0] >= np.median(places[:, 0])
    left_ends = scaled[:, 0] - np.where(right, LABEL_WIDTH, 0)
    taken: list[int] = []
    for row in np.argsort(-np.hypot(*scaled.T), kind="stable"):
        beside = np.abs(left_ends[taken] - left_ends[row]) < LABEL_WIDTH
        level = np.abs(scaled[taken, 1] - scaled[row, 1]) < LABEL_HEIGHT
        if not (beside & level).any():
            taken.append(int(row))
        if len(taken) == count:
            break
    return taken


def _short(title: str, most: int = 28) -> str:
    return title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
