"""The pages of the ratings pipeline: each answers one question, its finding made of the numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.movies.crosstab import Fit, one_hot_difference
from practical_dl.movies.model_table import NAMES, verdict
from practical_dl.movies.protocols import PUBLISHED
from practical_dl.pages import heading, page, paragraph, table

NOTEBOOK = {"dot product": 1.4457, "dot product with biases": 0.7979, "neural net": 0.7943}
PUBLISHED_U1 = "SVD++ of Surprise 0.919 (five folds of ml-100k), GLocal-K 0.889 (u1)"
ENDS_SHOWN = 3
UNITS = (
    "RMSE is in stars, MSE in stars squared. The lesson's notebook printed MSE ({printed}) and "
    "held it against published figures 'a bit over 0.9', which are RMSE: in the same unit it had "
    "{rooted}. So it was about one per cent better, not twelve. It was another release and "
    "another draw, so the figures below are not to be compared with it."
)


def models_page(dataset: str, models: pd.DataFrame, absent: Sequence[str] = ()) -> str:
    """Which model predicts ratings best? A table of `table_of_models` against bias and bayes.

    `absent` names the peers that were asked for and are not installed.
    """
    by_name = {row["model"]: row for row in models.to_dict("records")}
    best, control = by_name["bayes"], by_name["bayes_shuffled"]
    finding = (
        f"Without the time of rating the sampled model with content is off by an RMSE of "
        f"{best['rmse']:.4f} stars ({_range(best, 'rmse')}), {_against(best, 'bias')} than shrunk "
        f"biases; with content shuffled among movies it has {control['rmse']:.4f}, "
        f"{_against(control, 'bayes')} than with their own."
    )
    shown = pd.DataFrame(
        {
            "Model": models["model"].map(lambda name: NAMES.get(name, name)),
            "RMSE (stars)": models["rmse"].map("{:.4f}".format),
            "95 % interval": [_range(row, "rmse") for row in by_name.values()],
            "MAE (stars)": models["mae"].map("{:.4f}".format),
            "MSE (stars²)": models["mse"].map("{:.4f}".format),
            "RMSE less shrunk biases'": [_difference(row, "bias") for row in by_name.values()],
            "RMSE less the sampled model's": [
                _difference(row, "bayes") for row in by_name.values()
            ],
        }
    )
    blocks = [
        paragraph(
            f"{int(models['n'].iloc[0]):,} ratings that no model was trained on, the same for all. "
            "Intervals and differences come from 2,000 draws of whole users, the same draws for "
            "both sides of a difference."
        ),
        table(shown),
        *_missing(absent),
        heading("Mean squared error is not RMSE"),
        paragraph(_units()),
        heading("Time of rating"),
        paragraph(
            "Models with time of rating also know the day on which the rating was given. That is "
            "not known when something is to be recommended, so they are shown for comparison only."
        ),
    ]
    return page(f"Which model predicts ratings best? ({dataset})", finding, blocks)


def learned_page(
    dataset: str, liking: pd.DataFrame, components: pd.DataFrame, nearest: pd.DataFrame
) -> str:
    """What did the model learn about movies?"""
    best, worst = liking.iloc[0], liking.iloc[-1]
    moved = liking.assign(gap=liking["bias"] - liking["plain_mean"])
    gap = moved.iloc[int(moved["gap"].abs().to_numpy().argmax())]
    finding = (
        f"Of the {len(liking):,} most-rated movies the average user would like {best['title']} "
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
            "the predictions and the RMSE follow."
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


def protocols_page(dataset: str, scores: pd.DataFrame) -> str:
    """Does the best model stay best on other splits?"""
    whole = scores[scores["part"] == "all"].pivot_table(
        index="protocol", columns="model", values="rmse", sort=False
    )
    drawn = whole[whole.index.str.startswith("random_")]
    wins = int((whole["bayes"] < whole["bias"]).sum())
    finding = f"The sampled model beats shrunk biases on {wins} of {len(whole)} splits."
    if len(drawn) > 1:
        finding += (
            f" Over {len(drawn)} random draws its RMSE is {drawn['bayes'].mean():.4f} ± "
            f"{drawn['bayes'].std():.4f} (standard deviation), with time of rating "
            f"{drawn['bayes_time'].mean():.4f} ± {drawn['bayes_time'].std():.4f}, of shrunk "
            f"biases {drawn['bias'].mean():.4f}."
        )
    shown = pd.DataFrame(
        {
            "Split": scores["protocol"],
            "Model": scores["model"].map(NAMES),
            "Scored on": scores["part"],
            "Ratings": scores["n"].map("{:,}".format),
            "RMSE (stars)": scores["rmse"].map("{:.4f}".format),
            "95 % interval": [_range(row, "rmse") for row in scores.to_dict("records")],
            "MAE (stars)": scores["mae"].map("{:.4f}".format),
        }
    )
    blocks = [
        paragraph(
            "random_N is another draw; last_rating holds out what each user rated last; by_time "
            "holds out the last ratings of all, so that many users and movies were never seen."
        )
    ]
    shipped = whole[whole.index.isin(PUBLISHED)]
    if len(shipped):
        blocks.append(paragraph(_beside_published(shipped)))
    return page(f"Does it hold on other splits? ({dataset})", finding, [*blocks, table(shown)])


def _beside_published(shipped: pd.DataFrame) -> str:
    ours = ", ".join(f"{fold} {rmse:.4f}" for fold, rmse in shipped["bayes"].items())
    return (
        f"On the splits that the release ships, the sampled model without time of rating has an "
        f"RMSE of {ours} (mean {shipped['bayes'].mean():.4f}; shrunk biases "
        f"{shipped['bias'].mean():.4f}). Published: {PUBLISHED_U1}."
    )


def content_finding(scores: pd.DataFrame) -> str:
    """Whether content helps, by how many ratings there are: a sentence from the scores.

    `scores` is `table_of_models` against bayes_ratings, with a column `ratings`.
    """
    ends = (int(scores["ratings"].min()), int(scores["ratings"].max()))
    said = {
        model: [_change(scores, model, count) for count in ends]
        for model in ("bayes", "bayes_shuffled", "content")
    }
    return (
        f"Beside ratings alone, content changes the RMSE by {said['bayes'][0]} at {ends[0]:,} "
        f"training ratings and by {said['bayes'][1]} at {ends[1]:,}; shuffled content by "
        f"{said['bayes_shuffled'][0]} and {said['bayes_shuffled'][1]}; content in place of the "
        f"other users' ratings by {said['content'][0]} and {said['content'][1]}."
    )


def _change(scores: pd.DataFrame, model: str, ratings: int) -> str:
    row = scores[(scores["model"] == model) & (scores["ratings"] == ratings)].iloc[0]
    low, high = row["minus_bayes_ratings_low"], row["minus_bayes_ratings_high"]
    return f"{row['minus_bayes_ratings']:+.3f} ({verdict(low, high)})"


def _missing(absent: Sequence[str]) -> list[str]:
    if not absent:
        return []
    names = "; ".join(NAMES[peer] for peer in absent)
    return [paragraph(f"Not installed, so not in the table: {names}. `make peers` installs them.")]


def _units() -> str:
    printed = ", ".join(f"{name} {value:.3f}" for name, value in NOTEBOOK.items())
    rooted = ", ".join(f"{name} {np.sqrt(value):.3f}" for name, value in NOTEBOOK.items())
    return UNITS.format(printed=printed, rooted=rooted)


def _range(row: Mapping[Any, Any], name: str) -> str:
    return f"{row[f'{name}_low']:.4f} to {row[f'{name}_high']:.4f}"


def _against(row: Mapping[Any, Any], reference: str) -> str:
    name = f"minus_{reference}"
    word = {"better": "less", "worse": "more"}.get(
        verdict(row[f"{name}_low"], row[f"{name}_high"]), "(within the noise)"
    )
    return f"{abs(row[name]):.4f} {word}"


def _difference(row: Mapping[Any, Any], reference: str) -> str:
    if row["model"] == reference:
        return ""
    name = f"minus_{reference}"
    said = verdict(row[f"{name}_low"], row[f"{name}_high"])
    return f"{row[name]:+.4f} ({row[f'{name}_low']:+.4f} to {row[f'{name}_high']:+.4f}): {said}"


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
