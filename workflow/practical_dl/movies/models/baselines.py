"""The simple models: the mean of all ratings, shrunk biases, and content alone."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.movies.models.bias import predict_best
from practical_dl.movies.models.content import fit_content
from practical_dl.movies.models.gibbs import Chain


def fit_baselines(
    names: Sequence[str],
    train: pd.DataFrame,
    asked: pd.DataFrame,
    movies: pd.DataFrame,
    shrinkages: pd.DataFrame,
    chain: Chain,
) -> dict[str, NDArray[np.float64]]:
    """Stars (n,) that each of these baselines, fitted on `train`, expects of the rows `asked`.

    Args:
        shrinkages: the table of `compare_shrinkages`. chain: how content alone is sampled.
    """
    fits: dict[str, Callable[[], NDArray[np.float64]]] = {
        "mean": lambda: np.full(len(asked), train["rating"].mean()),
        "bias": lambda: predict_best(train, asked, shrinkages),
        "content": lambda: fit_content(train, asked, movies, chain).stars,
    }
    return {name: fits[name]() for name in names}
