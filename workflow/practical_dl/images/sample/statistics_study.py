"""What running averages do to a score, and what settled statistics make of the same weights."""

from typing import Any

import pandas as pd

from practical_dl.images.sample.fitting import (
    LOSS,
    Positions,
    Recipe,
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

RUNNING = "running averages"
SETTLED = "settled statistics"


def score_both_statistics(
    sample: SamplePictures, rows: dict[str, Positions], recipe: Recipe, seed: int, log: Log
) -> pd.DataFrame:
    """Scores on the `valid` rows after each epoch, by both statistics of the same weights.

    Columns: seed, epoch, statistics (RUNNING as Keras keeps them, or SETTLED), log_loss, accuracy.
    """
    model = new_model(sample, recipe.model, seed)
    train = training_batches(sample, rows["train"], recipe.batch, {}, seed)
    settler = Settler(model, ordered_batches(sample, rows["train"], recipe.batch))
    layers = batch_norm_layers(model)
    labels = sample.labels()[rows["valid"]]
    scores: list[dict[str, Any]] = []

    def add_score(epoch: int, statistics: str) -> None:
        probabilities = predict_sample(model, sample, rows["valid"], recipe.batch)
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
