"""All ranking models on one split: what is chosen on inner rows, and the lists that come of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from practical_dl.job.errors import UserError
from practical_dl.movies.models.catalogue import Catalogue
from practical_dl.movies.ranking.choice import Fold, asked_users, choose
from practical_dl.movies.ranking.fits import Chosen, Settings, fit_blended, fit_others
from practical_dl.movies.ranking.models.blend import blended
from practical_dl.movies.ranking.models.expected_stars import rated_times_stars
from practical_dl.movies.ranking.models.interactions import Codes, Interactions, make_interactions
from practical_dl.movies.ranking.models.scorer import Scorer, best_unrated, user_blocks
from practical_dl.movies.ranking.ranking_models import RANKING_MODELS, REFERENCE
from practical_dl.movies.ratings.rating_set import Scale

Ratings = pd.DataFrame
Sides = tuple[Ratings, Ratings]
FitStars = Callable[[Ratings], Scorer | None]


class Shared(NamedTuple):
    """What all parts of a rating set share: numbers of users and movies, what was seen unrated."""

    catalogue: Catalogue
    seen: pd.DataFrame
    scale: Scale

    def trained_on(self, ratings: Ratings) -> Interactions:
        """The interactions of training ratings, with all that was seen unrated."""
        return self._interactions(ratings, self.seen)

    def held_out(self, ratings: Ratings) -> Interactions:
        return self._interactions(ratings, self.seen[:0])

    def _interactions(self, ratings: Ratings, seen: pd.DataFrame) -> Interactions:
        known = self.catalogue
        return make_interactions(
            known.users_of(ratings),
            known.movies_of(ratings),
            ratings["rating"].to_numpy(),
            (known.users_of(seen), known.movies_of(seen)),
            (len(known.user_ids), len(known.movie_ids)),
            self.scale,
        )


class Found(NamedTuple):
    """The numbers of the users that were asked about (n,), each model's list for each of them
    (n, k) of numbers of movies, -1 where none is left, and what was chosen."""

    users: Codes
    lists: dict[str, Codes]
    chosen: Chosen


def rank_split(
    sides: Sides, inner: Sequence[Sides], shared: Shared, fit_stars: FitStars, settings: Settings
) -> Found:
    """Fit all models on the training ratings of a split, and list what they recommend.

    Args:
        sides: training and held-out ratings. inner: the training ratings, parted further.

    Raises:
        UserError: no user has ratings on both sides.
    """
    train, held_out = shared.trained_on(sides[0]), shared.held_out(sides[1])
    users = asked_users(train, held_out, settings.most_users)
    if not len(users):
        raise UserError("no user has ratings in the training part and in the other one")
    folds = [
        Fold(shared.trained_on(fitted), shared.held_out(held), fit_stars(fitted))
        for fitted, held in inner
    ]
    chosen = choose(folds, settings)
    models = fit_others(train, chosen.ease, settings)
    models |= fit_blended(train, chosen._asdict(), fit_stars(sides[0]), settings)
    return Found(users, list_all(models, chosen.weights, train, users, settings.k), chosen)


def list_all(
    models: Mapping[str, Scorer],
    weights: Mapping[str, float],
    train: Interactions,
    users: Codes,
    k: int,
) -> dict[str, Codes]:
    """The list of each model, and of those that are made of others: (users, k) each."""
    parts: dict[str, list[Codes]] = {}
    for block in user_blocks(users, train.movies):
        rows = train.rows(block)
        rated = rows.rated()
        scores = {name: model.scores(rows) for name, model in models.items()}
        scores["blend"] = blended(scores, rated, weights)
        if "stars" in scores:
            scores["rated_times_stars"] = rated_times_stars(scores[REFERENCE], scores["stars"])
        for name, values in scores.items():
            parts.setdefault(name, []).append(best_unrated(values, rated, k))
    return {name: np.concatenate(parts[name]) for name in RANKING_MODELS if name in parts}
