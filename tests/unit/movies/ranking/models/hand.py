"""A few users and movies, small enough to count by hand."""

import numpy as np

from practical_dl.movies.ranking.models.interactions import Interactions, make_interactions

NOTHING = (np.zeros(0, np.int64), np.zeros(0, np.int64))


def hand_made() -> Interactions:
    """Users 0 to 3 and movies 0 to 3: 0 rated 0, 1; 1 rated 0, 1, 2; 2 rated 2; 3 nothing."""
    users, movies = np.array([1, 0, 0, 1, 1, 2]), np.array([2, 1, 0, 0, 1, 2])
    stars = np.array([1.0, 3.0, 5.0, 4.0, 4.0, 3.0])
    return make_interactions(users, movies, stars, NOTHING, (4, 4), (1.0, 5.0))


def random_table(users: int, movies: int, seed: int) -> Interactions:
    """Each user has rated about a third of the movies."""
    rng = np.random.default_rng(seed)
    rows, columns = np.nonzero(rng.random((users, movies)) < 0.35)
    stars = rng.integers(1, 6, len(rows)).astype(float)
    return make_interactions(rows, columns, stars, NOTHING, (users, movies), (1.0, 5.0))
