"""How good a user's list of recommendations is: metrics of the first k places of a full ranking.

Every movie that a user did not rate in training is ranked; none are sampled as negatives
(Krichene and Rendle 2020, On Sampled Metrics for Item Recommendation).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Hits = NDArray[np.bool_]

METRICS = ("ndcg", "recall", "precision", "hit_rate", "mrr")
"""Metrics of one user, whose mean over the users is reported."""


def user_metrics(hits: Hits, relevant: NDArray[Any]) -> dict[str, Values]:
    """The metrics of each user's list.

    Args:
        hits: (users, k), whether the movie at each place is relevant to the user.
        relevant: (users,) the number of movies that are, on the list or not; at least one.

    Returns:
        (users,) each: `ndcg` with gains of one and logarithmic discounts, divided by that of a
        perfect list; `recall`: the share of the relevant movies that are on the list; `precision`:
        the share of the list that is relevant; `hit_rate`: one if any is; `mrr`: one over the
        place of the first relevant movie, zero if it is on none.
    """
    places = np.arange(1, hits.shape[1] + 1)
    discounts = 1 / np.log2(places + 1)
    best = np.concatenate([[0.0], np.cumsum(discounts)])
    found = hits.sum(axis=1)
    return {
        "ndcg": hits @ discounts / best[np.minimum(relevant, len(places))],
        "recall": found / relevant,
        "precision": found / len(places),
        "hit_rate": (found > 0).astype(np.float64),
        "mrr": (hits / places).max(axis=1),
    }


def coverage(lists: NDArray[np.int64], movies: int) -> float:
    """The share of `movies` that stand on any of the `lists` (users, k); -1 is no movie."""
    return len(np.unique(lists[lists >= 0])) / movies


def mean_popularity(lists: NDArray[np.int64], counts: NDArray[np.int64]) -> Values:
    """Mean number of training ratings of each user's listed movies: (users,).

    Args:
        lists: numbers of movies (users, k); -1 is no movie. counts: by number of movie.
    """
    there = lists >= 0
    return np.where(there, counts[lists], 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
