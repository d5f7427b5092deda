"""The table of ranking.csv: how good the lists of each model are, with intervals over users."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from practical_dl.movies.ranking.lists import Lists
from practical_dl.movies.ranking.metrics import METRICS, coverage, mean_popularity, user_metrics
from practical_dl.movies.ranking.models.interactions import Codes
from practical_dl.movies.ranking.models.scorer import NOBODY
from practical_dl.movies.ranking.ranking_models import REFERENCE
from practical_dl.movies.ranking.ranking_splits import sides_of
from practical_dl.movies.ratings.rating_set import Scale
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import paired_difference, score

COLUMNS = ("split", "model", "relevant", "metric", "k", "value", "ci_low", "ci_high", "users")
RELEVANT = ("all", "liked")
MINUS = f"minus_{REFERENCE}"
LIKED = 0.75
"""How far up the scale a rating must lie to count as liked."""


class Truth(NamedTuple):
    """What a split holds: training and held-out ratings, how many movies there are, and the least
    rating that counts as liked."""

    train: pd.DataFrame
    held_out: pd.DataFrame
    movies: int
    liked: float


def score_lists(lists: Mapping[str, Lists], truths: Mapping[str, Truth], seed: int) -> pd.DataFrame:
    """One row per split, model, kind of relevant rating and metric.

    Returns:
        split, model, relevant (all held-out ratings, or those that were liked), metric (those of
        `user_metrics`, `ndcg_minus_ease` on the same users, and, of the lists alone, `coverage` and
        `mean_popularity`), k, value, ci_low, ci_high (95 %, users drawn; of coverage NaN, since
        fewer different users cover less), users.
    """
    rows: list[dict[str, Any]] = []
    for split, found in lists.items():
        truth = truths[split]
        for relevant in RELEVANT:
            least = truth.liked if relevant == "liked" else -np.inf
            rows += [
                {"split": split, "relevant": relevant, **row}
                for row in _of_relevant(found, truth, least, seed)
            ]
        rows += [
            {"split": split, "relevant": "all", **row} for row in _of_lists(found, truth, seed)
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _of_relevant(found: Lists, truth: Truth, least: float, seed: int) -> list[dict[str, Any]]:
    held_out = truth.held_out[truth.held_out["rating"] >= least]
    wanted = held_out["user_id"].value_counts().reindex(found.users, fill_value=0).to_numpy()
    asked = wanted > 0
    users = found.users[asked]
    if not len(users):
        return []
    pairs = pd.MultiIndex.from_frame(held_out[["user_id", "movie_id"]])
    by_model = {
        model: user_metrics(_hits(users, movies[asked], pairs), wanted[asked])
        for model, movies in found.movies.items()
    }
    rows = []
    for model, values in by_model.items():
        scores = {metric: score(values[metric], users, seed) for metric in METRICS}
        if model != REFERENCE:
            reference = by_model[REFERENCE]["ndcg"]
            scores[f"ndcg_{MINUS}"] = paired_difference(values["ndcg"], reference, users, seed)
        k = found.movies[model].shape[1]
        rows += [_row(model, metric, k, value, len(users)) for metric, value in scores.items()]
    return rows


def _hits(users: Codes, movies: Codes, pairs: pd.MultiIndex) -> Any:
    asked = pd.MultiIndex.from_arrays([np.repeat(users, movies.shape[1]), movies.ravel()])
    return asked.isin(pairs).reshape(movies.shape)


def _of_lists(found: Lists, truth: Truth, seed: int) -> list[dict[str, Any]]:
    counts = truth.train["movie_id"].value_counts()
    rows = []
    for model, movies in found.movies.items():
        ids, numbers = np.unique(movies, return_inverse=True)
        numbers = np.where(movies < 0, NOBODY, numbers.reshape(movies.shape))
        rated = counts.reindex(ids, fill_value=0).to_numpy().astype(np.int64)
        covered = Interval(coverage(numbers, truth.movies), np.nan, np.nan)
        popularity = score(mean_popularity(numbers, rated), found.users, seed)
        for metric, value in (("coverage", covered), ("mean_popularity", popularity)):
            rows.append(_row(model, metric, movies.shape[1], value, len(found.users)))
    return rows


def _row(model: str, metric: str, k: int, value: Interval, users: int) -> dict[str, Any]:
    return {"model": model, "metric": metric, "k": k, **value.columns(), "users": users}


def truths_of(
    splits: Sequence[str],
    ratings: pd.DataFrame,
    roles: pd.DataFrame,
    share: float,
    movies: int,
    scale: Scale,
    liked: float | None,
) -> dict[str, Truth]:
    """What each of these splits holds.

    Args:
        roles, share: as of `sides_of`. liked: least rating that counts as liked, or None for three
            quarters of the way up the scale.
    """
    least = scale[0] + LIKED * (scale[1] - scale[0]) if liked is None else liked
    return {
        split: Truth(*sides_of(split, ratings, roles, share), movies, least) for split in splits
    }
