"""The error of predicted ratings by how well a movie is known, and by how sure the model is."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.scoring.metrics import score

NORMAL_95 = 1.96
SPREAD_PARTS = 10
LEAST_RATINGS = (0, 1, 2, 4, 8, 16, 32, 64, 128)


def covered_share(predictions: pd.DataFrame, spread: NDArray[np.float64]) -> float:
    """The share of ratings within 1.96 spreads of their prediction; 0.95 if spreads are right."""
    errors = (predictions["prediction"] - predictions["true"]).abs()
    return float((errors <= NORMAL_95 * spread).mean())


def error_by_spread(
    predictions: pd.DataFrame, spread: NDArray[np.float64], seed: int
) -> pd.DataFrame:
    """RMSE of each tenth of the predictions by their stated spread.

    Returns:
        spread (root mean square of the tenth), n, value, ci_low, ci_high (RMSE in stars).
    """
    squared = ((predictions["prediction"] - predictions["true"]) ** 2).to_numpy()
    groups = predictions["group"].to_numpy()
    rows = []
    for tenth in np.array_split(np.argsort(spread, kind="stable"), SPREAD_PARTS):
        stated = float(np.sqrt((spread[tenth] ** 2).mean()))
        error = score(squared[tenth], groups[tenth], seed, np.sqrt)
        rows.append({"spread": stated, "n": len(tenth), **error})
    return pd.DataFrame(rows)


def rmse_by_popularity(predictions: pd.DataFrame, train: pd.DataFrame, seed: int) -> pd.DataFrame:
    """RMSE of predictions by the number of training ratings of their movie.

    Args:
        predictions: columns id, group, true, prediction, as of `predictions_frame`.
        train: the ratings that the model was trained on.

    Returns:
        least, most (training ratings of the movie, inclusive; the last `most` is the highest
        count), n (predictions), value, ci_low, ci_high (RMSE in stars, 95 % interval over
        users). Ranges without predictions are left out.
    """
    movies = predictions["id"].str.rpartition(":")[2].astype(np.int64)
    counts = movies.map(train["movie_id"].value_counts()).fillna(0).astype(np.int64)
    squared = ((predictions["prediction"] - predictions["true"]) ** 2).to_numpy()
    groups = predictions["group"].to_numpy()
    rows = []
    for least, beyond in zip(LEAST_RATINGS, (*LEAST_RATINGS[1:], np.inf), strict=True):
        inside = ((counts >= least) & (counts < beyond)).to_numpy()
        if inside.any():
            most = int(counts[inside].max() if beyond == np.inf else beyond - 1)
            error = score(squared[inside], groups[inside], seed, np.sqrt)
            rows.append({"least": least, "most": most, "n": int(inside.sum()), **error})
    return pd.DataFrame(rows)
