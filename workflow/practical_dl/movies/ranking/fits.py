"""Fits the ranking models on the interactions of a training part."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from practical_dl.movies.ranking.models.controls import RandomOrder
from practical_dl.movies.ranking.models.ease import Ease, fit_ease
from practical_dl.movies.ranking.models.implicit_als import fit_implicit_als
from practical_dl.movies.ranking.models.interactions import Interactions
from practical_dl.movies.ranking.models.item_knn import fit_item_knn
from practical_dl.movies.ranking.models.popularity import fit_popularity
from practical_dl.movies.ranking.models.scorer import Scorer
from practical_dl.movies.ranking.models.wide_autoencoder import (
    WideAutoencoder,
    fit_wide_autoencoder,
)
from practical_dl.movies.ranking.ranking_models import IN_BLEND, REFERENCE
from practical_dl.movies.ranking.taste import Taste


class Settings(NamedTuple):
    """The settings of the configuration's section `ranking` that fits need."""

    k: int
    neighbours: int
    shrinkage: float
    ridges: list[float]
    wide_ridges: list[float]
    strength: float
    als: Mapping[str, Any]
    most_movies: int
    most_users: int
    seed: int

    def ease(self, train: Interactions, ridge: float, strength: float) -> Ease:
        return fit_ease(train, ridge, strength, self.most_movies)

    def wide_autoencoder(self, train: Interactions, ridge: float) -> WideAutoencoder:
        return fit_wide_autoencoder(train, ridge, self.strength, self.most_movies, self.most_users)


class Chosen(NamedTuple):
    """What was chosen on inner rows: the ridges, and the weights of the blend's models."""

    ease: float
    ease_liked: float
    wide_autoencoder: float
    weights: Mapping[str, float]


def fit_blended(
    train: Interactions, ridges: Mapping[str, float], stars: Scorer | None, settings: Settings
) -> dict[str, Scorer]:
    """The models that a blend is made of, in the order of its weights.

    Args:
        ridges: of `ease_liked` and `wide_autoencoder`. stars: by which the sampled model ranks.
    """
    fitted: dict[str, Scorer] = {
        "ease_liked": settings.ease(train, ridges["ease_liked"], settings.strength),
        "wide_autoencoder": settings.wide_autoencoder(train, ridges["wide_autoencoder"]),
        "implicit_als": fit_implicit_als(train, **settings.als, seed=settings.seed),
    }
    if stars is not None:
        fitted["stars"] = stars
    return {name: fitted[name] for name in IN_BLEND if name in fitted}


def fit_others(train: Interactions, ridge: float, settings: Settings) -> dict[str, Scorer]:
    """The models that the blend is compared with."""
    return {
        "random": RandomOrder(np.random.default_rng(settings.seed)),
        "popularity": fit_popularity(train),
        "item_knn": fit_item_knn(train, settings.neighbours, settings.shrinkage),
        REFERENCE: settings.ease(train, ridge, 0.0),
    }


def fit_taste(everything: Interactions, chosen: Chosen, settings: Settings) -> Taste:
    """The blend of all ratings, as it was chosen on a part of them."""
    return Taste(
        settings.ease(everything, chosen.ease_liked, settings.strength),
        settings.wide_autoencoder(everything, chosen.wide_autoencoder),
        fit_implicit_als(everything, **settings.als, seed=settings.seed),
        chosen.weights,
        everything.counts(),
        everything.usual,
        everything.scale,
    )
