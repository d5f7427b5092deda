"""The lesson's worked example: the busiest users against the most-rated movies, five factors each.

Fitted by full-batch gradient descent on the root mean squared error of the cells that are filled,
without and with biases. With 15 x 15 cells and 2 x 15 x 5 factors the fit has nearly as many
numbers to choose as there are ratings: it shows how the method works, not how well it predicts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from timeit import timeit

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Values = NDArray[np.float64]

FACTORS = 5
FIRST_SPREAD = 0.3
STEPS = 4000
RATE = 0.02
DECAYS = (0.9, 0.999)
SMALL = 1e-8
USERS, MOVIES = 15, 15
REPEATS = 1000


@dataclass(frozen=True)
class Fit:
    """A fitted table.

    Attributes:
        users, movies: factors (n, 5), (m, 5). user_bias, movie_bias: (n,), (m,); zero where the
            fit has none. rmse: after each step (steps + 1,), in stars.
    """

    users: Values
    movies: Values
    user_bias: Values
    movie_bias: Values
    rmse: Values

    def predicted(self) -> Values:
        """Every cell (n, m), in stars."""
        return self.users @ self.movies.T + self.user_bias[:, None] + self.movie_bias[None, :]

    def numbers(self) -> int:
        """The number of fitted parameters."""
        biases = self.user_bias.size + self.movie_bias.size if self.user_bias.any() else 0
        return self.users.size + self.movies.size + biases


def busiest_cells(ratings: pd.DataFrame, users: int = USERS, movies: int = MOVIES) -> pd.DataFrame:
    """Stars of the `users` with most ratings (rows) by the `movies` with most (columns).

    Cells that nobody rated are NaN; equals in number go by id.
    """
    chosen = {}
    for key, count in (("user_id", users), ("movie_id", movies)):
        counts = ratings[key].value_counts().sort_index()
        chosen[key] = counts.sort_values(ascending=False, kind="stable").index[:count]
    inside = ratings[
        ratings["user_id"].isin(chosen["user_id"]) & ratings["movie_id"].isin(chosen["movie_id"])
    ]
    cells = inside.pivot_table(index="user_id", columns="movie_id", values="rating")
    return cells.reindex(index=chosen["user_id"], columns=chosen["movie_id"])


def fit_cells(cells: Values, biases: bool, seed: int) -> Fit:
    """Adam on all cells at once (Kingma and Ba 2015); NaN cells are outside the loss."""
    rng = np.random.default_rng(seed)
    filled = ~np.isnan(cells)
    stars = np.where(filled, cells, 0.0)
    rows, columns = cells.shape
    state = [
        rng.uniform(0, 2 * FIRST_SPREAD, (rows, FACTORS)),
        rng.uniform(0, 2 * FIRST_SPREAD, (columns, FACTORS)),
        np.zeros(rows),
        np.zeros(columns),
    ]
    fitted = range(4 if biases else 2)
    first = [np.zeros_like(values) for values in state]
    second = [np.zeros_like(values) for values in state]
    rmse = np.empty(STEPS + 1)
    for step in range(STEPS + 1):
        users, movies, user_bias, movie_bias = state
        errors = np.where(filled, users @ movies.T + user_bias[:, None] + movie_bias - stars, 0.0)
        rmse[step] = np.sqrt((errors**2).sum() / filled.sum())
        slopes = [errors @ movies, errors.T @ users, errors.sum(axis=1), errors.sum(axis=0)]
        if step == STEPS:
            break
        for place in fitted:
            slope = 2 * slopes[place] / filled.sum()
            first[place] = DECAYS[0] * first[place] + (1 - DECAYS[0]) * slope
            second[place] = DECAYS[1] * second[place] + (1 - DECAYS[1]) * slope**2
            corrected = [
                moment / (1 - decay ** (step + 1))
                for moment, decay in zip((first[place], second[place]), DECAYS, strict=True)
            ]
            state[place] = state[place] - RATE * corrected[0] / (np.sqrt(corrected[1]) + SMALL)
    users, movies, user_bias, movie_bias = state
    return Fit(users, movies, user_bias, movie_bias, rmse)


def fit_both(cells: pd.DataFrame, seed: int) -> dict[str, Fit]:
    """The fits without and with biases of the table of `busiest_cells`."""
    stars = cells.to_numpy(dtype=np.float64)
    return {
        name: fit_cells(stars, biases, seed)
        for name, biases in (("without biases", False), ("with biases", True))
    }


def time_look_up(table: Values) -> dict[str, float]:
    """Microseconds of looking up all rows of `table` (n, k), and of the one-hot product."""
    rows, one_hot = np.arange(len(table))[::-1], np.eye(len(table))[::-1]
    ways: dict[str, Callable[[], Values]] = {
        "look-up": lambda: table[rows],
        "one-hot": lambda: one_hot @ table,
    }
    return {name: timeit(way, number=REPEATS) / REPEATS * 1e6 for name, way in ways.items()}


def one_hot_difference(table: Values, rows: NDArray[np.int64]) -> float:
    """The largest difference between looking `rows` up in `table` (n, k) and one-hot @ table."""
    one_hot = np.zeros((len(rows), len(table)))
    one_hot[np.arange(len(rows)), rows] = 1
    return float(np.abs(one_hot @ table - table[rows]).max())
