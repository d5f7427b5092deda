"""Scores of equal weights by running averages of batch normalisation and settled statistics."""

from pathlib import Path
from typing import Any

import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.images.sample.fitting import (
    LOSS,
    Positions,
    new_model,
    ordered_batches,
    predict_sample,
    training_batches,
)
from practical_dl.images.sample.store import SamplePictures
from practical_dl.job.runtime import Log
from practical_dl.scoring.metrics import hits, log_losses
from practical_dl.training.batch_norm import Settler, batch_norm_layers
from practical_dl.training.fit import fit
from practical_dl.training.recipe import Recipe

RUNNING = "running averages"
SETTLED = "settled statistics"


def score_both_statistics(
    sample: SamplePictures,
    rows: dict[str, Positions],
    network: str,
    recipe: Recipe,
    seed: int,
    log: Log,
) -> pd.DataFrame:
    """Scores on the `valid` rows after each epoch, by both statistics of the same weights.

    Columns: seed, epoch, statistics (RUNNING as Keras keeps them, or SETTLED), log_loss, accuracy.
    """
    model = new_model(sample, network, seed)
    train = training_batches(sample, rows["train"], recipe.batch_size, {}, seed)
    settler = Settler(model, ordered_batches(sample, rows["train"], recipe.batch_size))
    layers = batch_norm_layers(model)
    labels = sample.labels()[rows["valid"]]
    scores: list[dict[str, Any]] = []

    def add_score(epoch: int, statistics: str) -> None:
        probabilities = predict_sample(model, sample, rows["valid"], recipe.batch_size)
        scores.append(
            {
                "seed": seed,
                "epoch": epoch,
                "statistics": statistics,
                "log_loss": log_losses(labels, probabilities).mean(),
                "accuracy": hits(labels, probabilities).mean(),
            }
        )

    def after_epoch(epoch: int) -> None:
        add_score(epoch, RUNNING)
        kept = [(layer.moving_mean.numpy(), layer.moving_variance.numpy()) for layer in layers]
        settler.settle()
        add_score(epoch, SETTLED)
        for layer, (mean, variance) in zip(layers, kept, strict=True):
            layer.moving_mean.assign(mean)
            layer.moving_variance.assign(variance)

    fit(model, train, recipe.schedule, LOSS, log, ["accuracy"], after_epoch=after_epoch)
    return pd.DataFrame(scores)


def read_statistics(path: str | Path) -> pd.DataFrame:
    """Read the scores of the study."""
    numbers = {"seed": int, "epoch": int, "log_loss": float, "accuracy": float}
    return read_csv(path, ["seed", "epoch", "statistics", "log_loss", "accuracy"], numbers)
