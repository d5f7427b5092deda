"""A blend of unlike models: a weighted sum of their scores, each on the scale of the user's own.

The weights are chosen by nDCG on inner rows, among those that recommend no fewer different movies
than EASE does.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from practical_dl.movies.ranking.metrics import user_metrics
from practical_dl.movies.ranking.models.interactions import Codes
from practical_dl.movies.ranking.models.scorer import NOBODY

Values = NDArray[np.float64]
Masks = NDArray[np.bool_]

CANDIDATES = 80
"""Of each model's first places, among which a blend's first ones are looked for."""
DRAWS = 400
"""Weights that are tried."""
AVERAGED = 10
"""The best of them, whose mean is taken."""


def standardised(scores: Values, rated: Masks) -> Values:
    """Scores (users, movies) less their mean over the movies that are not `rated`, in deviations.

    Zero where all are alike.
    """
    left = np.where(rated, 0, scores)
    count = np.maximum((~rated).sum(axis=1, keepdims=True), 1)
    centred = left - left.sum(axis=1, keepdims=True) / count
    squares = np.where(rated, 0, centred**2).sum(axis=1, keepdims=True)
    spread = np.sqrt(squares / count)
    alike = spread <= np.finfo(float).eps * np.abs(left).max(axis=1, keepdims=True)
    return np.where(alike, 0, centred / np.where(alike, 1, spread))


def blended(scores: Mapping[str, Values], rated: Masks, weights: Mapping[str, float]) -> Values:
    """The weighted sum of the standardised scores (users, movies) of several models."""
    parts = (weight * standardised(scores[name], rated) for name, weight in weights.items())
    return sum(parts, np.zeros(rated.shape))


class Candidates(NamedTuple):
    """What a search for weights needs of some users, for movies in the first places of any model.

    Attributes:
        movies: their numbers (users, c), rows are padded. scores: standardised (users, c, models).
        relevant: whether the user rated it among the inner rows (users, c).
        there: whether it is a candidate, and no padding (users, c).
        wanted: how many movies are relevant to each user, candidates or not (users,).
    """

    movies: Codes
    scores: Values
    relevant: Masks
    there: Masks
    wanted: Codes

    def first(self, weights: Values, k: int) -> tuple[Codes, Masks]:
        """The first `k` movies by these weights (models,), and whether each is relevant."""
        summed = np.where(self.there, self.scores @ weights, -np.inf)
        k = min(k, summed.shape[1])
        chosen = np.argpartition(-summed, k - 1, axis=1)[:, :k]
        order = np.argsort(-np.take_along_axis(summed, chosen, axis=1), axis=1)
        chosen = np.take_along_axis(chosen, order, axis=1)
        there = np.take_along_axis(self.there, chosen, axis=1)
        hits = np.take_along_axis(self.relevant, chosen, axis=1) & there
        return np.where(there, np.take_along_axis(self.movies, chosen, axis=1), NOBODY), hits


def candidates(scores: Sequence[Values], rated: Masks, relevant: Masks) -> Candidates:
    """The candidates of users by their scores (users, movies) of each model.

    Args:
        relevant: (users, movies), what the inner rows hold; at least one per user.
    """
    most = min(CANDIDATES, rated.shape[1])
    kept = np.zeros(rated.shape, dtype=bool)
    standard = [standardised(values, rated) for values in scores]
    for values in standard:
        masked = np.where(rated, -np.inf, values)
        kept |= masked >= np.partition(masked, -most, axis=1)[:, -most, None]
    kept &= ~rated
    width = max(int(kept.sum(axis=1).max(initial=0)), 1)
    order = np.argsort(~kept, axis=1, kind="stable")[:, :width]
    taken = [np.take_along_axis(values, order, axis=1) for values in standard]
    return Candidates(
        order,
        np.stack(taken, axis=-1).astype(np.float32),
        np.take_along_axis(relevant, order, axis=1),
        np.take_along_axis(kept, order, axis=1),
        relevant.sum(axis=1),
    )


class Least(NamedTuple):
    """What a blend is to reach: mean nDCG, and movies on the lists of all users of a fold."""

    ndcg: float
    listed: float


def search_weights(
    folds: Sequence[Sequence[Candidates]], models: int, k: int, least: Least, seed: int
) -> Values:
    """Weights (models,) of at least zero that sum to one, with a high mean nDCG over the folds.

    The mean of the best of many that are drawn: the best one alone would be chosen by noise.

    Args:
        folds: candidates in blocks of users. least: what weights must reach to be among the best,
            if any do.
    """
    rng = np.random.default_rng(seed)
    drawn = np.concatenate([np.eye(models), rng.dirichlet(np.ones(models), DRAWS)])
    found = np.array([np.mean([_judged(fold, one, k) for fold in folds], axis=0) for one in drawn])
    good = (found[:, 1] >= least.listed) & (found[:, 0] >= least.ndcg)
    ndcg = np.where(good | ~good.any(), found[:, 0], -np.inf)
    best = np.argsort(-ndcg, kind="stable")[:AVERAGED]
    return drawn[best[np.isfinite(ndcg[best])]].mean(axis=0)


def _judged(blocks: Sequence[Candidates], weights: Values, k: int) -> tuple[float, int]:
    """Mean nDCG of all users, and how many movies stand on their lists."""
    found = [block.first(weights, k) for block in blocks]
    ndcg = [
        user_metrics(hits, block.wanted)["ndcg"]
        for block, (_, hits) in zip(blocks, found, strict=True)
    ]
    listed = np.unique(np.concatenate([lists.ravel() for lists, _ in found]))
    return float(np.concatenate(ndcg).mean()), int((listed >= 0).sum())
