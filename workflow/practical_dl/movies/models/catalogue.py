"""The users and movies of a rating set as consecutive numbers, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.int64]
SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Catalogue:
    """Users by ascending id, and all movies (movie_id, title, year, genres) by ascending id."""

    user_ids: NDArray[np.int64]
    movies: pd.DataFrame

    @property
    def movie_ids(self) -> NDArray[np.int64]:
        return self.movies["movie_id"].to_numpy()

    def users_of(self, ratings: pd.DataFrame) -> Codes:
        """The number of each row's user: (n,)."""
        return np.searchsorted(self.user_ids, ratings["user_id"].to_numpy())

    def movies_of(self, ratings: pd.DataFrame) -> Codes:
        """The number of each row's movie: (n,)."""
        return np.searchsorted(self.movie_ids, ratings["movie_id"].to_numpy())


def make_catalogue(ratings: pd.DataFrame, movies: pd.DataFrame) -> Catalogue:
    """Number everyone in `ratings` and every movie, rated or not."""
    by_id = movies.sort_values("movie_id").reset_index(drop=True)
    return Catalogue(np.unique(ratings["user_id"].to_numpy()), by_id)


def number_sittings(ratings: pd.DataFrame) -> Codes:
    """The number of the sitting of each row (n,): the ratings of one user on one day (UTC)."""
    day = ratings["timestamp"].to_numpy() // SECONDS_A_DAY
    pairs = pd.MultiIndex.from_arrays([ratings["user_id"].to_numpy(), day])
    return pd.factorize(pairs)[0]


def number_periods(
    timestamps: NDArray[Any], of: Sequence[int] | NDArray[Any], periods: int
) -> Codes:
    """The period of each row (n,): `periods` of them share the times `of` out evenly."""
    edges = np.quantile(np.asarray(of), np.arange(1, periods) / periods)
    return np.searchsorted(edges, timestamps)
