"""Chooses ridges and the weights of the blend on inner rows of the training part alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from practical_dl.movies.ranking.fits import Chosen, Settings, fit_blended
from practical_dl.movies.ranking.metrics import user_metrics
from practical_dl.movies.ranking.models.blend import Candidates, Least, candidates, search_weights
from practical_dl.movies.ranking.models.interactions import Codes, Interactions
from practical_dl.movies.ranking.models.scorer import NOBODY, Scorer, best_unrated, user_blocks
from practical_dl.movies.ranking.models.wide_autoencoder import evenly_spread
from practical_dl.movies.ranking.ranking_models import REFERENCE


class Fold(NamedTuple):
    """Training rows, those held out of them, and the model of stars fitted on the former."""

    train: Interactions
    held_out: Interactions
    stars: Scorer | None


def choose(folds: Sequence[Fold], settings: Settings) -> Chosen:
    """What does best by nDCG on the held-out rows of all folds."""

    def best_ridge(ridges: Sequence[float], fit: Callable[[Interactions, float], Scorer]) -> float:
        found = [
            np.mean([mean_ndcg(fit(fold.train, ridge), fold, settings) for fold in folds])
            for ridge in ridges
        ]
        return ridges[int(np.argmax(found))]

    ridges = {
        REFERENCE: best_ridge(settings.ridges, lambda rows, ridge: settings.ease(rows, ridge, 0.0)),
        "ease_liked": best_ridge(
            settings.ridges, lambda rows, ridge: settings.ease(rows, ridge, settings.strength)
        ),
        "wide_autoencoder": best_ridge(settings.wide_ridges, settings.wide_autoencoder),
    }
    return Chosen(**ridges, weights=best_weights(folds, ridges, settings))


def best_weights(
    folds: Sequence[Fold], ridges: Mapping[str, float], settings: Settings
) -> dict[str, float]:
    """The weights of the blend's models, by name."""
    found: list[list[Candidates]] = []
    reached: list[Least] = []
    names: list[str] = []
    for fold in folds:
        fitted = fit_blended(fold.train, ridges, fold.stars, settings)
        reference = settings.ease(fold.train, ridges[REFERENCE], 0.0)
        names, blocks, lists = list(fitted), [], []
        ndcg = mean_ndcg(reference, fold, settings)
        for users in asked_blocks(fold.train, fold.held_out, settings.most_users):
            rows = fold.train.rows(users)
            rated = rows.rated()
            scores = [model.scores(rows) for model in fitted.values()]
            blocks.append(candidates(scores, rated, fold.held_out.rows(users).rated()))
            lists.append(best_unrated(reference.scores(rows), rated, settings.k).ravel())
        found.append(blocks)
        listed = np.setdiff1d(np.concatenate(lists), [NOBODY])
        reached.append(Least(ndcg, float(len(listed))))
    least = Least(*np.mean(reached, axis=0).tolist())
    weights = search_weights(found, len(names), settings.k, least, settings.seed)
    return dict(zip(names, (round(float(weight), 6) for weight in weights), strict=True))


def mean_ndcg(model: Scorer, fold: Fold, settings: Settings) -> float:
    """Mean nDCG of a model over the users of a fold."""
    values = []
    for users in asked_blocks(fold.train, fold.held_out, settings.most_users):
        rows, held_out = fold.train.rows(users), fold.held_out.rows(users).rated()
        lists = best_unrated(model.scores(rows), rows.rated(), settings.k)
        hits = np.take_along_axis(held_out, lists, axis=1) & (lists >= 0)
        values.append(user_metrics(hits, held_out.sum(axis=1))["ndcg"])
    return float(np.concatenate(values).mean())


def asked_users(train: Interactions, held_out: Interactions, most: int) -> Codes:
    """Numbers of at most `most` users with entries on both sides."""
    both = (np.diff(train.starts) > 0) & (np.diff(held_out.starts) > 0)
    return evenly_spread(np.flatnonzero(both), most)


def asked_blocks(train: Interactions, held_out: Interactions, most: int) -> Sequence[Codes]:
    """These users in blocks whose scores fit in memory."""
    return list(user_blocks(asked_users(train, held_out, most), train.movies))
