"""The simple models: the mean of all ratings, shrunk biases, and content alone."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.movies.models.bias import predict_best
from practical_dl.movies.models.content import fit_content
from practical_dl.movies.models.gibbs import Chain


def fit_baselines(
    train: pd.DataFrame,
    asked: pd.DataFrame,
    movies: pd.DataFrame,
    shrinkages: pd.DataFrame,
    chain: Chain,
) -> dict[str, NDArray[np.float64]]:
    """Stars (n,) that each baseline, fitted on `train`, expects of the rows `asked`.

    Args:
        shrinkages: the table of `compare_shrinkages`. chain: how content alone is sampled.
    """
    return {
        "mean": np.full(len(asked), train["rating"].mean()),
        "bias": predict_best(train, asked, shrinkages),
        "content": fit_content(train, asked, movies, chain).stars,
    }
