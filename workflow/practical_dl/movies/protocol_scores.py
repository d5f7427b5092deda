"""Scores of a split, with movies and users that training never met apart."""

import numpy as np
import pandas as pd

from practical_dl.metrics import score

PARTS = ("all", "movie seen", "movie never seen", "user never seen")


def score_parts(predictions: pd.DataFrame, train: pd.DataFrame, seed: int) -> pd.DataFrame:
    """RMSE and MAE of all predictions, and apart by whether training met movie and user.

    Args:
        predictions: id ("user:movie"), group, true, prediction.

    Returns:
        part, n, rmse, rmse_low, rmse_high, mae; a part without rows is left out.
    """
    pairs = predictions["id"].str.split(":", expand=True).astype(np.int64)
    user_seen = pairs[0].isin(train["user_id"]).to_numpy()
    movie_seen = pairs[1].isin(train["movie_id"]).to_numpy()
    masks = (np.ones(len(pairs), bool), movie_seen, ~movie_seen, ~user_seen)
    errors = (predictions["prediction"] - predictions["true"]).to_numpy()
    groups = predictions["group"].to_numpy()
    rows = []
    for part, inside in zip(PARTS, masks, strict=True):
        if inside.any():
            rmse = score(errors[inside] ** 2, groups[inside], seed, np.sqrt)
            rows.append(
                {
                    "part": part,
                    "n": int(inside.sum()),
                    "rmse": rmse["value"],
                    "rmse_low": rmse["ci_low"],
                    "rmse_high": rmse["ci_high"],
                    "mae": float(np.abs(errors[inside]).mean()),
                }
            )
    return pd.DataFrame(rows)
