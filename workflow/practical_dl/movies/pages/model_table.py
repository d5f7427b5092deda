"""All models on the same ratings, in one table: how far off, and whether a difference is real."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.scoring.metrics import rating_scores, resampled_means

Values = NDArray[np.float64]

PEERS = {
    "surprise_svd": "Surprise SVD, tuned",
    "surprise_svdpp": "Surprise SVD++, tuned",
    "surprise_knn": "Surprise KNNBaseline, tuned",
    "lenskit_mf": "LensKit BiasedMF",
    "myfm": "myFM with content",
    "myfm_time": "myFM with content, who rated what, and time of rating",
}
NAMES = {
    "mean": "mean of all ratings",
    "bias": "shrunk biases",
    "dot": "dot product (lesson)",
    "dot_bias_free": "dot product with biases, no L2 (lesson)",
    "dot_bias": "dot product with biases and L2 (lesson)",
    "net": "neural net (lesson)",
    "content": "content alone",
    "bayes_ratings": "sampled, ratings alone",
    "bayes_shuffled": "control: sampled, content shuffled",
    "bayes": "sampled, ratings and content",
    "bayes_time": "sampled, content and time of rating",
    **PEERS,
}
KNOW_THE_TIME = ("bayes_time", "myfm_time")


def table_of_models(
    predictions: Mapping[str, pd.DataFrame], references: tuple[str, ...], seed: int
) -> pd.DataFrame:
    """RMSE, MAE and MSE of each model, and its RMSE less that of each reference.

    Args:
        predictions: by model: id, group, true, prediction on identical rows.

    Returns:
        model, rmse, rmse_low, rmse_high, mae, mse, n; for each reference `minus_{reference}` and
        its 95 % interval `..._low`, `..._high` over users drawn alike for both.

    Raises:
        UserError: the rows of two models differ.
    """
    first = next(iter(predictions.values()))
    groups = first["group"].to_numpy()
    draws: dict[str, Values] = {}
    squares: dict[str, Values] = {}
    for name, found in predictions.items():
        if not (found["id"].equals(first["id"]) and found["true"].equals(first["true"])):
            raise UserError(f"predictions of {name}: other rows than the first model's")
        squares[name] = ((found["prediction"] - found["true"]) ** 2).to_numpy()
        draws[name] = np.sqrt(resampled_means(squares[name], groups, seed))
    rows = []
    for name, found in predictions.items():
        scores = rating_scores(
            found["true"].to_numpy(), found["prediction"].to_numpy(), groups, seed
        )
        row = {
            "model": name,
            "rmse": scores["rmse"]["value"],
            "rmse_low": scores["rmse"]["ci_low"],
            "rmse_high": scores["rmse"]["ci_high"],
            "mae": scores["mae"]["value"],
            "mse": scores["mse"]["value"],
            "n": len(found),
        }
        for reference in references:
            value = np.sqrt(squares[name].mean()) - np.sqrt(squares[reference].mean())
            low, high = np.percentile(draws[name] - draws[reference], [2.5, 97.5])
            row |= {
                f"minus_{reference}": value,
                f"minus_{reference}_low": low,
                f"minus_{reference}_high": high,
            }
        rows.append(row)
    return pd.DataFrame(rows)


def verdict(low: float, high: float) -> str:
    """What an interval of a difference of errors says."""
    if low > 0:
        return "worse"
    return "better" if high < 0 else "within the noise"
