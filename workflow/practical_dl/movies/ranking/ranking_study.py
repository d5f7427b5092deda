"""The whole study of a rating set: lists on all splits, and the blend fitted on all ratings."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.job.runtime import Log
from practical_dl.movies.models.catalogue import make_catalogue
from practical_dl.movies.ranking.fits import Settings, fit_taste
from practical_dl.movies.ranking.lists import Lists
from practical_dl.movies.ranking.models.expected_stars import ExpectedStars
from practical_dl.movies.ranking.models.scorer import NOBODY
from practical_dl.movies.ranking.ranking_splits import RANDOM, inner_sides, sides_of
from practical_dl.movies.ranking.study import Found, Shared, rank_split
from practical_dl.movies.ranking.taste import Taste
from practical_dl.movies.ratings.rating_set import Scale
from practical_dl.movies.recommender.fitting import fit_library

KEPT_SAMPLES = 20


def rank_all(
    ratings: pd.DataFrame,
    movies: pd.DataFrame,
    roles: pd.DataFrame,
    seen: pd.DataFrame,
    scale: Scale,
    study: Mapping[str, Any],
    seed: int,
    log: Log,
) -> tuple[dict[str, Lists], dict[str, Any], Taste]:
    """The lists of each split, what was chosen for each, and the blend of all ratings.

    Args:
        roles: of the set's own split. seen: pairs without a rating.
        study: splits, train_share, content, and the sections `bayes` and `ranking`.
    """
    catalogue = make_catalogue(ratings, movies)
    shared = Shared(catalogue, seen[seen["user_id"].isin(catalogue.user_ids)], scale)
    settings = Settings(**study["ranking"], seed=seed)

    def fit_stars(train: pd.DataFrame) -> ExpectedStars | None:
        if not study["star_samples"]:
            return None
        library = fit_library(
            train,
            movies,
            **study["bayes"],
            samples=study["star_samples"],
            kept=KEPT_SAMPLES,
            seed=seed,
            scale=scale,
            content=study["content"],
        )
        return ExpectedStars(library.factors)

    lists, chosen = {}, {}
    for split in study["splits"]:
        sides = sides_of(split, ratings, roles, study["train_share"])
        inner = inner_sides(split, sides[0], study["train_share"], seed)
        found = rank_split(sides, inner, shared, fit_stars, settings)
        lists[split], chosen[split] = _with_ids(found, shared), found.chosen
        log.info(f"{split}: {len(found.users):,} users; {found.chosen}")
    taste = fit_taste(shared.trained_on(ratings), chosen[RANDOM], settings)
    return lists, {split: one._asdict() for split, one in chosen.items()}, taste


def _with_ids(found: Found, shared: Shared) -> Lists:
    movie_ids = shared.catalogue.movie_ids
    lists = {
        model: np.where(numbers == NOBODY, NOBODY, movie_ids[numbers])
        for model, numbers in found.lists.items()
    }
    return Lists(shared.catalogue.user_ids[found.users], lists)
