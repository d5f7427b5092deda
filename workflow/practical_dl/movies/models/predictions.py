"""Predicted ratings as the contract wants them, and how far off they may be."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.files.predictions import read_value_predictions


def predictions_frame(
    ratings: pd.DataFrame, predicted: NDArray[np.float64], scale: tuple[float, float]
) -> pd.DataFrame:
    """The content of a predictions.csv: one row per rating, in the order of `ratings`.

    Args:
        predicted: stars, (n,) or (n, 1); bounded here to `scale` (lowest, highest).

    Returns:
        id ("user_id:movie_id"), group (user_id as text), true and prediction (stars).
    """
    user = ratings["user_id"].astype(str)
    return pd.DataFrame(
        {
            "id": user + ":" + ratings["movie_id"].astype(str),
            "group": user,
            "true": ratings["rating"],
            "prediction": np.clip(predicted.reshape(-1), *scale),
        }
    ).reset_index(drop=True)


def read_predictions(models: Sequence[str], paths: Sequence[str | Path]) -> dict[str, pd.DataFrame]:
    """Read the predictions.csv of each model: id, group, true, prediction."""
    return {model: read_value_predictions(path) for model, path in zip(models, paths, strict=True)}


def spread_frame(predictions: pd.DataFrame, spread: NDArray[np.float64]) -> pd.DataFrame:
    """The content of a spread.csv: id, and the standard deviation of a rating (n,), in stars."""
    return predictions[["id"]].assign(spread=spread)


def read_spread(path: str | Path) -> NDArray[np.float64]:
    """Read the spreads of a spread.csv (n,), in stars."""
    return read_csv(path, ("id", "spread"), {"spread": "float64"})["spread"].to_numpy()
