"""The page and picture of the question: what should be recommended first?"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from practical_dl.movies.pages.shared import MARKERS
from practical_dl.movies.ranking.metrics import user_metrics
from practical_dl.movies.ranking.ranking_models import PEERS, REFERENCE, TITLES
from practical_dl.movies.ranking.ranking_scores import MINUS
from practical_dl.report.page import code_of, fine_print, heading, page, paragraph, picture, table
from practical_dl.report.plotting import COLOURS, new_axes
from practical_dl.report.wording import gain_in_ndcg, percent
from practical_dl.scoring.interval import Interval

Row = Mapping[Hashable, Any]
TITLE = "What should be recommended first?"
WHY = (
    "The best predictor of stars is not the best recommender. Its error is measured on ratings "
    "that were given, so it learns how a movie is liked by those who chose to see it, and nothing "
    "tells it that most people would never choose it: movies that a few devotees rated highest "
    "come first. Here every movie that a user had not rated in training is ranked, and what counts "
    "is whether the user rated it. Who rates what says more about that than how much it was liked."
)
SPLITS = {
    "random": "a random part of the ratings is held out",
    "by_time": "the latest ratings of all are held out",
}
SHOWN = {
    "ndcg": "nDCG",
    "recall": "recall",
    "precision": "precision",
    "hit_rate": "hit rate",
    "mrr": "MRR",
}
PUBLISHED = (
    "Published on another random draw of four fifths of ml-100k, all held-out ratings relevant: "
    "nDCG@10 of popularity 0.220, neighbours of movies 0.399, matrix factorisation 0.440."
)
ML_100K = (100_000, 1_682)


def ranking_page(
    dataset: str, scores: pd.DataFrame, absent: Sequence[str], size: tuple[int, int]
) -> str:
    """The page of the table of `score_lists`.

    Args:
        absent: peers that were asked for and are not installed. size: ratings and movies.
    """
    blocks = [picture(coverage_figure(scores), "Accuracy against coverage: upper right is better")]
    for split in scores["split"].unique():
        part = scores[scores["split"] == split]
        blocks.append(heading(f"Where {SPLITS[split]}"))
        for relevant, words in (("all", "rated"), ("liked", "liked")):
            if (part["relevant"] == relevant).any():
                blocks.append(paragraph(f"Relevant is what the user {words}:"))
                blocks.append(table(_shown(part, relevant)))
    if size == ML_100K:
        blocks.append(paragraph(PUBLISHED))
    if absent:
        names = "; ".join(TITLES[peer] for peer in absent)
        blocks.append(
            paragraph(f"Not installed, so not in the table: {names}. `make peers` installs them.")
        )
    counted = [
        f"Where {SPLITS[str(split)]}: {_rows_of(part)}"
        for split, part in scores.groupby("split", sort=False)
    ]
    blocks += [fine_print(WHY, *counted), code_of(user_metrics)]
    return page(f"{TITLE} ({dataset})", ranking_finding(scores), blocks)


def ranking_finding(scores: pd.DataFrame) -> str:
    found = _pivot(scores[scores["split"] == scores["split"].iloc[0]], "all")
    k = int(scores["k"].iloc[0])
    ours, ease = found["blend"], found[REFERENCE]
    gain = ours[f"ndcg_{MINUS}"]
    stars = f", by expected stars {found['stars']['ndcg'].value:.4f}" if "stars" in found else ""
    return (
        f"The blend has an nDCG@{k} of {ours['ndcg'].value:.4f}, EASE {ease['ndcg'].value:.4f}: "
        f"{gain_in_ndcg(gain)}. The most rated movies have "
        f"{found['popularity']['ndcg'].value:.4f}{stars}."
    )


def _pivot(part: pd.DataFrame, relevant: str) -> dict[str, dict[str, Interval]]:
    """Scores by model and metric; those of the lists alone stand under either kind."""
    found: dict[str, dict[str, Interval]] = {}
    lists = part["metric"].isin(["coverage", "mean_popularity"])
    for row in part[(part["relevant"] == relevant) | lists].to_dict("records"):
        found.setdefault(str(row["model"]), {})[str(row["metric"])] = Interval.of(row)
    return found


def _rows_of(part: pd.DataFrame) -> str:
    users = part.groupby("relevant", sort=False)["users"].max()
    liked = f", {users['liked']:,} of them liked any of it" if "liked" in users else ""
    return (
        f"{users['all']:,} users with ratings on both sides{liked}. Intervals are over users "
        "drawn, differences on the same users."
    )


def _shown(part: pd.DataFrame, relevant: str) -> pd.DataFrame:
    k = int(part["k"].iloc[0])
    rows = []
    for model, scores in _pivot(part, relevant).items():
        if "ndcg" not in scores:
            continue
        gain = scores.get(f"ndcg_{MINUS}")
        rows.append(
            {
                "Model": TITLES[model],
                f"nDCG@{k} (95 %)": _with_ends(scores["ndcg"]),
                "against EASE": "" if gain is None else gain_in_ndcg(gain),
                **{f"{SHOWN[name]}@{k}": f"{scores[name].value:.4f}" for name in list(SHOWN)[1:]},
                "movies recommended": percent(scores["coverage"].value),
                "ratings of a recommended movie": f"{scores['mean_popularity'].value:.0f}",
            }
        )
    return pd.DataFrame(rows)


def _with_ends(score: Interval) -> str:
    return f"{score.value:.4f} ({score.low:.4f} to {score.high:.4f})"


def coverage_figure(scores: pd.DataFrame) -> Figure:
    """Accuracy of each model against how many movies it recommends, on the first split."""
    found = _pivot(scores[scores["split"] == scores["split"].iloc[0]], "all")
    k = int(scores["k"].iloc[0])
    figure, axes = new_axes(
        "share of the movies on any user's list",
        f"nDCG@{k}, 95 % interval over users",
        "Accuracy against coverage",
        size=(8.0, 5.0),
    )
    for place, (model, one) in enumerate(found.items()):
        ndcg = one["ndcg"]
        again = place // len(COLOURS)  # a colour that comes again has another marker
        axes.errorbar(
            one["coverage"].value,
            ndcg.value,
            [[ndcg.value - ndcg.low], [ndcg.high - ndcg.value]],
            fmt=MARKERS[(place + again) % len(MARKERS)],
            color=COLOURS[place % len(COLOURS)],
            markerfacecolor="white" if model in PEERS else None,
            capsize=3,
            label=TITLES[model],
        )
    axes.set_xscale("log")
    figure.legend(loc="outside right upper", fontsize=10, frameon=False)
    return figure
