"""The first control: the most rated movies, the same for everybody."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practical_dl.movies.ranking.models.interactions import Interactions

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Popularity:
    """How many users rated each movie: `counts` (movies,)."""

    counts: NDArray[np.int64]

    def scores(self, rows: Interactions) -> Values:
        return np.tile(np.log1p(self.counts), (rows.users, 1))


def fit_popularity(train: Interactions) -> Popularity:
    return Popularity(train.counts())
