"""The page of the question: does the best model stay best on other splits?"""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from practical_dl.movies.models.rating_models import TITLES, of_sampled
from practical_dl.movies.pages.shared import ends, gain_over, told_against
from practical_dl.movies.paths import PUBLISHED
from practical_dl.report.page import code_of, fine_print, page, paragraph, table
from practical_dl.report.wording import BETTER, NOISE, WORSE, verdict
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import score_difference

PUBLISHED_U1 = "SVD++ of Surprise 0.919 (five folds of ml-100k), GLocal-K 0.889 (u1)"
FEWEST = 10
"""Ratings of a part: with fewer, too few users are drawn for an interval."""
TITLE = "Does it hold on other splits?"
SPLITS = (
    "random_N is another draw; last_rating holds out each user's last rating; by_time holds out "
    "the last ratings of all, so that training has never met many of the users. Fewer than "
    f"{FEWEST} ratings are too few for an interval."
)


def protocols_page(dataset: str, scores: pd.DataFrame) -> str:
    """The page of the table of `score_protocols`."""
    if scores.empty:
        none = f"No other splits were asked for: `movies.{dataset}.protocols` is empty."
        return page(f"{TITLE} ({dataset})", none, [])
    whole = scores[scores["part"] == "all"].pivot_table(
        index="protocol", columns="model", values="rmse", sort=False
    )
    sampled = of_sampled(set(scores["model"]), "bayes")
    shipped = whole[whole.index.isin(PUBLISHED)]
    beside = [paragraph(_beside_published(shipped))] if len(shipped) else []
    drawn = _over_draws(whole[whole.index.str.startswith("random_")], sampled)
    blocks = [table(_shown(scores)), *beside, fine_print(SPLITS, drawn), code_of(score_difference)]
    return page(f"{TITLE} ({dataset})", _against_bias(scores, sampled), blocks)


def _over_draws(drawn: pd.DataFrame, sampled: str) -> str:
    """The spread of the RMSE over the random splits; empty for fewer than two."""
    if len(drawn) < 2:
        return ""
    timed = drawn.get(of_sampled(drawn.columns, "bayes_time"))
    with_time = (
        "" if timed is None else f"with time of rating {timed.mean():.4f} ± {timed.std():.4f}, "
    )
    return (
        f"Over {len(drawn)} random draws its RMSE is {drawn[sampled].mean():.4f} ± "
        f"{drawn[sampled].std():.4f} (standard deviation), {with_time}of shrunk "
        f"biases {drawn['bias'].mean():.4f}."
    )


def _shown(scores: pd.DataFrame) -> pd.DataFrame:
    rows = scores.to_dict("records")
    return pd.DataFrame(
        {
            "Split": scores["protocol"],
            "Model": scores["model"].map(TITLES),
            "Scored on": scores["part"],
            "Ratings": scores["n"].map("{:,}".format),
            "RMSE (stars)": scores["rmse"].map("{:.4f}".format),
            "95 % interval": [
                ends(Interval.of(row, "rmse")) if row["n"] >= FEWEST else "" for row in rows
            ],
            "MAE (stars)": scores["mae"].map("{:.4f}".format),
            "RMSE against shrunk biases": [
                "" if row["model"] == "bias" else _over_bias(row) for row in rows
            ],
        }
    )


def _against_bias(scores: pd.DataFrame, model: str) -> str:
    sampled = scores[(scores["model"] == model) & (scores["part"] == "all")]
    found = Counter(verdict(gain_over(row, "bias")) for row in sampled.to_dict("records"))
    return (
        f"On {len(sampled)} splits the Bayesian model is better than shrunk biases on "
        f"{found[BETTER]}, worse on {found[WORSE]}, within the noise on {found[NOISE]}."
    )


def _over_bias(row: Mapping[Hashable, Any]) -> str:
    return "too few ratings" if row["n"] < FEWEST else told_against(row, "bias")


def _beside_published(shipped: pd.DataFrame) -> str:
    ours = ", ".join(f"{fold} {rmse:.4f}" for fold, rmse in shipped["bayes"].items())
    return (
        f"On the splits that the release ships, the Bayesian model without time of rating has an "
        f"RMSE of {ours} (mean {shipped['bayes'].mean():.4f}; shrunk biases "
        f"{shipped['bias'].mean():.4f}). Published: {PUBLISHED_U1}."
    )
