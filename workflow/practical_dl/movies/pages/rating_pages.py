"""The pages of the rating models' scores, each with a finding made of the numbers."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.movies.pages.model_table import KNOW_THE_TIME, NAMES, PEERS, verdict
from practical_dl.movies.studies.protocols import PUBLISHED
from practical_dl.report.page import heading, page, paragraph, table

NOTEBOOK = {"dot product": 1.4457, "dot product with biases": 0.7979, "neural net": 0.7943}
PUBLISHED_U1 = "SVD++ of Surprise 0.919 (five folds of ml-100k), GLocal-K 0.889 (u1)"
FEWEST = 10
"""Ratings of a part: below, the users drawn for an interval are too few for one."""
UNITS = (
    "RMSE is in stars, MSE in stars squared. The lesson's notebook printed MSE ({printed}) and "
    "held it against published figures 'a bit over 0.9', which are RMSE: in the same unit it had "
    "{rooted}. So it was about one per cent better, not twelve. It was another release and "
    "another draw, so the figures above are not to be compared with it."
)


def models_page(dataset: str, models: pd.DataFrame, absent: Sequence[str] = ()) -> str:
    """Which model predicts ratings best? `table_of_models` against bias, bayes and bayes_time.

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
            "RMSE minus shrunk biases'": [_difference(row, "bias") for row in by_name.values()],
            "RMSE minus the sampled model's": [
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
        *_best_peers(by_name),
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


def protocols_page(dataset: str, scores: pd.DataFrame) -> str:
    """Does the best model stay best on other splits?"""
    whole = scores[scores["part"] == "all"].pivot_table(
        index="protocol", columns="model", values="rmse", sort=False
    )
    drawn = whole[whole.index.str.startswith("random_")]
    finding = _against_bias(scores)
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
            "95 % interval": [
                _range(row, "rmse") if row["n"] >= FEWEST else ""
                for row in scores.to_dict("records")
            ],
            "MAE (stars)": scores["mae"].map("{:.4f}".format),
            "RMSE over shrunk biases": [
                "" if row["model"] == "bias" else _over_bias(row)
                for row in scores.to_dict("records")
            ],
        }
    )
    blocks = [
        paragraph(
            "random_N is another draw; last_rating holds out what each user rated last; by_time "
            "holds out the last ratings of all, so that many users were never seen. Fewer than "
            f"{FEWEST} ratings are too few for an interval."
        )
    ]
    shipped = whole[whole.index.isin(PUBLISHED)]
    if len(shipped):
        blocks.append(paragraph(_beside_published(shipped)))
    return page(f"Does it hold on other splits? ({dataset})", finding, [*blocks, table(shown)])


def _against_bias(scores: pd.DataFrame) -> str:
    sampled = scores[(scores["model"] == "bayes") & (scores["part"] == "all")]
    verdicts = [
        verdict(row["minus_bias_low"], row["minus_bias_high"]) for _, row in sampled.iterrows()
    ]
    return (
        f"On {len(verdicts)} splits the sampled model is better than shrunk biases on "
        f"{verdicts.count('better')}, worse on {verdicts.count('worse')}, within the noise on "
        f"{verdicts.count('within the noise')}, by RMSE on the same ratings."
    )


def _over_bias(row: Mapping[Hashable, Any]) -> str:
    if row["n"] < FEWEST:
        return "too few ratings"
    low, high = row["minus_bias_low"], row["minus_bias_high"]
    return f"{row['minus_bias']:+.4f} (95 % {low:+.4f} to {high:+.4f}), {verdict(low, high)}"


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


def _best_peers(by_name: Mapping[str, Mapping[Any, Any]]) -> list[str]:
    """The best of the other libraries, without and with time of rating, against ours."""
    said = []
    for words, ours in (("without", "bayes"), ("with", "bayes_time")):
        rivals = [
            row
            for name, row in by_name.items()
            if name in PEERS and (name in KNOW_THE_TIME) == (ours in KNOW_THE_TIME)
        ]
        if rivals:
            best = min(rivals, key=lambda row: row["rmse"])
            said.append(
                f"Of the other libraries' models {words} time of rating {NAMES[best['model']]} is "
                f"best: {best['rmse']:.4f}, against ours {_difference(best, ours)}."
            )
    return [paragraph(" ".join(said))] if said else []


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
