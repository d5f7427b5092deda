"""Scores of a split, with movies and users that training never met apart."""

import numpy as np
import pandas as pd

from practical_dl.scoring.metrics import score, score_difference

PARTS = ("all", "movie seen", "movie never seen", "user never seen")


def score_parts(
    predictions: pd.DataFrame, bias: pd.DataFrame, train: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """RMSE and MAE of all predictions, and apart by whether training met movie and user.

    Args:
        predictions: id ("user:movie"), group, true, prediction.
        bias: those of shrunk biases for the same rows.

    Returns:
        part, n, rmse, rmse_low, rmse_high, mae, and minus_bias (the RMSE less that of shrunk
        biases) with its 95 % interval minus_bias_low, minus_bias_high over users drawn alike for
        both; a part without rows is left out.
    """
    pairs = predictions["id"].str.split(":", expand=True).astype(np.int64)
    user_seen = pairs[0].isin(train["user_id"]).to_numpy()
    movie_seen = pairs[1].isin(train["movie_id"]).to_numpy()
    masks = (np.ones(len(pairs), bool), movie_seen, ~movie_seen, ~user_seen)
    errors = (predictions["prediction"] - predictions["true"]).to_numpy()
    squares, squares_of_bias = errors**2, ((bias["prediction"] - bias["true"]) ** 2).to_numpy()
    groups = predictions["group"].to_numpy()
    rows = []
    for part, inside in zip(PARTS, masks, strict=True):
        if inside.any():
            rmse = score(squares[inside], groups[inside], seed, np.sqrt)
            over_bias = score_difference(
                squares[inside], squares_of_bias[inside], groups[inside], seed, np.sqrt
            )
            rows.append(
                {
                    "part": part,
                    "n": int(inside.sum()),
                    "rmse": rmse["value"],
                    "rmse_low": rmse["ci_low"],
                    "rmse_high": rmse["ci_high"],
                    "mae": float(np.abs(errors[inside]).mean()),
                    "minus_bias": over_bias["value"],
                    "minus_bias_low": over_bias["ci_low"],
                    "minus_bias_high": over_bias["ci_high"],
                }
            )
    return pd.DataFrame(rows)
