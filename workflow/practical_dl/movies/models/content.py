"""Content alone: each user's own taste for genres and decades, shrunk towards the average user's.

A Bayesian linear regression per user, whose coefficients share a normal prior that is learned
(Gelman et al. 2013, Bayesian Data Analysis, chapter 15). It knows nothing of who else rated a
movie, so a new movie is as good to it as an old one.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.movies.models.bayes import Average, Expected
from practical_dl.movies.models.catalogue import make_catalogue
from practical_dl.movies.models.gibbs import LEAST_VARIANCE, Block, Chain, Entities
from practical_dl.movies.models.side_information import content_values

YEARS_A_BIN = 10


def fit_content(
    train: pd.DataFrame, asked: pd.DataFrame, movies: pd.DataFrame, chain: Chain
) -> Expected:
    """Sample the users' tastes from `train`; the stars that they expect of the rows `asked`.

    The chain's rank is not used: a taste has one number per genre and decade.
    """
    rng = np.random.default_rng(chain.seed)
    catalogue = make_catalogue(pd.concat([train, asked]), movies)
    known = content_values(catalogue.movies, YEARS_A_BIN)
    of_rows = catalogue.movies_of(train)
    stars = train["rating"].to_numpy()
    left = stars - stars.mean()
    users = Entities(catalogue.users_of(train), len(catalogue.user_ids))
    block = Block(users, known.shape[1] - 1, 0.0, rng)
    precision = 1 / max(left.var(), LEAST_VARIANCE)

    def design(
        rows: NDArray[np.int64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        return known[of_rows[rows]], left[rows], np.full(rows.shape, precision)

    asked_users, asked_known = catalogue.users_of(asked), known[catalogue.movies_of(asked)]
    average = Average()
    for number in range(chain.burn_in + chain.samples):
        block.draw(design, rng)
        errors = left - (block.theta[users.codes] * known[of_rows]).sum(axis=1)
        squares = max(errors @ errors, LEAST_VARIANCE * len(left))
        precision = rng.gamma(len(left) / 2) / (squares / 2)
        if number >= chain.burn_in:
            stars_now = stars.mean() + (block.theta[asked_users] * asked_known).sum(axis=1)
            average.add(stars_now, np.full(len(asked), 1 / precision))
    return average.expected()
