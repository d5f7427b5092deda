"""Ranking by the stars that the sampled rating model expects."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practical_dl.movies.ranking.models.interactions import Interactions
from practical_dl.movies.recommender.factors import Factors
from practical_dl.movies.recommender.folding import fold_in, sampled_stars

Values = NDArray[np.float64]


@dataclass(frozen=True)
class ExpectedStars:
    """The stars that a user, whose ratings are folded in, would give: not cut to the scale."""

    factors: Factors

    def scores(self, rows: Interactions) -> Values:
        found = np.empty((rows.users, rows.movies))
        for number, row in enumerate(rows):
            told = ~np.isnan(row.stars)
            user = fold_in(self.factors, row.movies[told], row.stars[told])
            found[number] = sampled_stars(self.factors, user).mean(axis=0)
        return found


def rated_times_stars(rated: Values, stars: Values) -> Values:
    """How probable it is that a user rates a movie, times the stars it would get.

    Args:
        rated: EASE's scores, which are regressions of having rated (one) or not (zero).
    """
    return np.clip(rated, 0, 1) * stars
