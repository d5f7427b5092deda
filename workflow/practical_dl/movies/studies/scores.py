"""Scores of the studies: models on other splits, and models on few to many ratings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.movies.models.predictions import read_predictions
from practical_dl.movies.models.scores import table_of_models
from practical_dl.movies.ratings.splits import drawn_rows, ratings_of
from practical_dl.movies.ratings.tables import read_split_table
from practical_dl.scoring.metrics import score, score_difference

Predictions = Mapping[str, pd.DataFrame]
PARTS = ("all", "movie seen", "movie never seen", "user never seen")
PROTOCOL_COLUMNS = (
    *("protocol", "model", "part", "n", "rmse", "rmse_low", "rmse_high", "mae"),
    *("minus_bias", "minus_bias_low", "minus_bias_high"),
)


def score_protocols(
    protocols: Iterable[tuple[str, pd.DataFrame, Predictions]], seed: int
) -> pd.DataFrame:
    """The table of `score_parts` for each split and each of its models.

    Args:
        protocols: name, training ratings, predictions by model (bias among them).

    Returns:
        protocol, model, and the columns of `score_parts`; without rows if there are no protocols.
    """
    tables = []
    for protocol, train, predictions in protocols:
        for model, found in predictions.items():
            scores = score_parts(found, predictions["bias"], train, seed)
            scores.insert(0, "protocol", protocol)
            scores.insert(1, "model", model)
            tables.append(scores)
    if not tables:
        return pd.DataFrame(columns=list(PROTOCOL_COLUMNS))
    return pd.concat(tables, ignore_index=True)


def read_protocols(
    protocols: Sequence[str],
    models: Sequence[str],
    ratings: pd.DataFrame,
    splits: Sequence[str | Path],
    predictions: Sequence[str | Path],
) -> Iterator[tuple[str, pd.DataFrame, Predictions]]:
    """Read split by split what `score_protocols` takes.

    Args:
        splits: a split.h5 per protocol. predictions: per protocol a predictions.csv per model.
    """
    for place, (protocol, split) in enumerate(zip(protocols, splits, strict=True)):
        paths = predictions[place * len(models) : (place + 1) * len(models)]
        train = ratings_of("train", ratings, read_split_table(split))
        yield protocol, train, read_predictions(models, paths)


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
    errors, errors_of_bias = (
        (table["prediction"] - table["true"]).to_numpy() for table in (predictions, bias)
    )
    groups = predictions["group"].to_numpy()
    rows = []
    for part, inside in zip(PARTS, masks, strict=True):
        if inside.any():
            found, drawn = errors[inside], groups[inside]
            over_bias = score_difference(
                found**2, errors_of_bias[inside] ** 2, drawn, seed, np.sqrt
            )
            rows.append(
                {
                    "part": part,
                    "n": int(inside.sum()),
                    **score(found**2, drawn, seed, np.sqrt).columns("rmse"),
                    "mae": float(np.abs(found).mean()),
                    **over_bias.columns("minus_bias"),
                }
            )
    return pd.DataFrame(rows)


def score_content(
    parts: Iterable[tuple[int, Predictions]], reference: str, seed: int
) -> pd.DataFrame:
    """`table_of_models` against a reference for each number of training ratings, as `ratings`."""
    return pd.concat(
        [
            table_of_models(predictions, (reference,), seed).assign(ratings=count)
            for count, predictions in parts
        ],
        ignore_index=True,
    )


def read_content(
    shares: Sequence[float],
    models: Sequence[str],
    trained: int,
    predictions: Sequence[str | Path],
    seed: int,
) -> Iterator[tuple[int, Predictions]]:
    """Read share by share what `score_content` takes; all `trained` ratings come last.

    Args:
        predictions: per share, and last of all ratings, a predictions.csv per model.
    """
    counts = [*(int(drawn_rows(trained, share, seed).sum()) for share in shares), trained]
    for place, count in enumerate(counts):
        paths = predictions[place * len(models) : (place + 1) * len(models)]
        yield count, read_predictions(models, paths)
