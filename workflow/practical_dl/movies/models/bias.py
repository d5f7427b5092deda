"""The baseline of rating prediction: a mean, how generous each user is, how good each movie.

Koren 2010, Factor in the Neighbors, section 2.1 (baseline estimates): a rating is explained as
mean + user bias + movie bias, with the squared biases penalised. The more ratings a user or a
movie has, the less its bias is shrunk to zero; one without any has bias zero.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.movies.ratings.splits import drawn_rows

Values = NDArray[np.float64]
TOLERANCE = 1e-4
MOST_PASSES = 1000
SHRINKAGES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
INNER_TRAIN_SHARE = 0.9


@dataclass(frozen=True)
class BiasModel:
    """The mean rating, and by id the bias in stars of each user and movie that was rated."""

    mean: float
    user_bias: pd.Series
    movie_bias: pd.Series


def fit_bias(ratings: pd.DataFrame, user_shrinkage: float, movie_shrinkage: float) -> BiasModel:
    """Minimise the squared error plus shrinkage times the squared biases.

    Given the users' biases the best biases of the movies are shrunk means of what remains, and
    the other way round; turns of both go on until no user's bias moves by 1e-4 stars. A
    shrinkage of k is worth k more ratings without any bias.
    """
    users, user_ids = pd.factorize(ratings["user_id"], sort=True)
    movies, movie_ids = pd.factorize(ratings["movie_id"], sort=True)
    user_weight = np.bincount(users) + user_shrinkage
    movie_weight = np.bincount(movies) + movie_shrinkage
    mean = float(ratings["rating"].mean())
    stars = ratings["rating"].to_numpy() - mean
    user_bias = np.zeros(len(user_ids))
    for _ in range(MOST_PASSES):
        movie_bias = np.bincount(movies, stars - user_bias[users]) / movie_weight
        before, user_bias = user_bias, np.bincount(users, stars - movie_bias[movies]) / user_weight
        if np.abs(user_bias - before).max() < TOLERANCE:
            break
    return BiasModel(mean, pd.Series(user_bias, user_ids), pd.Series(movie_bias, movie_ids))


def predict_bias(model: BiasModel, ratings: pd.DataFrame) -> Values:
    """Stars for the user and movie of each row: (n,), not yet bounded to the scale."""
    user = ratings["user_id"].map(model.user_bias).fillna(0.0)
    movie = ratings["movie_id"].map(model.movie_bias).fillna(0.0)
    return (model.mean + user + movie).to_numpy()


def compare_shrinkages(train: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Score pairs of shrinkages on inner rows, a tenth held out of the training rows alone.

    Returns:
        user_shrinkage, movie_shrinkage, inner_rmse (stars): one row per pair.
    """
    kept = drawn_rows(len(train), INNER_TRAIN_SHARE, seed)
    inner, held_out = train[kept], train[~kept]
    pairs = [(user, movie) for user in SHRINKAGES for movie in SHRINKAGES]
    scores = [
        _rmse(predict_bias(fit_bias(inner, *pair), held_out), held_out["rating"].to_numpy())
        for pair in pairs
    ]
    table = pd.DataFrame(pairs, columns=["user_shrinkage", "movie_shrinkage"])
    return table.assign(inner_rmse=scores)


def predict_best(train: pd.DataFrame, asked: pd.DataFrame, shrinkages: pd.DataFrame) -> Values:
    """Stars (n,) for the rows `asked`, of biases shrunk as `compare_shrinkages` advises."""
    return predict_bias(fit_bias(train, *best_shrinkages(shrinkages)), asked)


def best_shrinkages(table: pd.DataFrame) -> tuple[float, float]:
    """The user's and the movie's shrinkage of the lowest inner RMSE; the first of equals."""
    best = table.iloc[int(table["inner_rmse"].to_numpy().argmin())]
    return float(best["user_shrinkage"]), float(best["movie_shrinkage"])


def _rmse(predicted: Values, true: Values) -> float:
    return float(np.sqrt(((true - predicted) ** 2).mean()))
