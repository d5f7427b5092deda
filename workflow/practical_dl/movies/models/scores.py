"""Scores of rating models: of each alone, and of all on the same ratings in one table."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import rating_scores, report, resampled_means

Values = NDArray[np.float64]


def rating_report(model: str, predicted: pd.DataFrame, seed: int) -> dict[str, Any]:
    """The content of a metrics.json: RMSE, MAE and MSE with intervals over users.

    Args:
        predicted: id, group, true, prediction.
    """
    ids, groups = predicted["id"].to_numpy(), predicted["group"].to_numpy()
    true, prediction = predicted["true"].to_numpy(), predicted["prediction"].to_numpy()
    scores = rating_scores(true, prediction, groups, seed)
    return report(model, "valid", ids, groups, scores, seed)


def table_of_models(
    predictions: Mapping[str, pd.DataFrame], references: Sequence[str], seed: int
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
    groups = next(iter(predictions.values()))["group"].to_numpy()
    errors = _errors(predictions)
    drawn = {
        name: np.sqrt(resampled_means(values**2, groups, seed)) for name, values in errors.items()
    }
    rmse = {name: float(np.sqrt((values**2).mean())) for name, values in errors.items()}
    rows = []
    for name, values in errors.items():
        row: dict[str, Any] = {
            "model": name,
            **_interval(rmse[name], drawn[name]).columns("rmse"),
            "mae": float(np.abs(values).mean()),
            "mse": float((values**2).mean()),
            "n": len(values),
        }
        for other in references:
            difference = _interval(rmse[name] - rmse[other], drawn[name] - drawn[other])
            row |= difference.columns(f"minus_{other}")
        rows.append(row)
    return pd.DataFrame(rows)


def _errors(predictions: Mapping[str, pd.DataFrame]) -> dict[str, Values]:
    """Prediction less truth of each model (n,), in stars, on rows that are the same for all."""
    first = next(iter(predictions.values()))
    errors: dict[str, Values] = {}
    for name, found in predictions.items():
        if not (found["id"].equals(first["id"]) and found["true"].equals(first["true"])):
            raise UserError(f"predictions of {name}: other rows than the first model's")
        errors[name] = (found["prediction"] - found["true"]).to_numpy()
    return errors


def _interval(value: float, draws: Values) -> Interval:
    low, high = np.percentile(draws, [2.5, 97.5])
    return Interval(value, float(low), float(high))
