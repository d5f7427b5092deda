"""Optimizers compared on ratings: the dot product with biases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.movies.models.lesson import dot_bias_model, predict_ratings, rating_batches
from practical_dl.movies.models.predictions import predictions_frame
from practical_dl.movies.ratings.splits import drawn_rows
from practical_dl.movies.ratings.tables import read_scale, read_sides
from practical_dl.training.fit import fit_next
from practical_dl.training.trials import Scored, Trained, Trial

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class RatingTrials:
    """Ratings that train, that choose the epoch and that are scored; `scale` in stars."""

    train: pd.DataFrame
    inner: pd.DataFrame
    valid: pd.DataFrame
    scale: tuple[float, float]
    settings: Mapping[str, Any]
    log: Log

    @classmethod
    def read(
        cls, paths: Sequence[str], settings: Mapping[str, Any], seed: int, log: Log
    ) -> "RatingTrials":
        """From the paths of ratings, split and reading.

        `settings`: factors, l2, batch_size, inner_share.
        """
        train, valid = read_sides(*paths[:2])
        trains = drawn_rows(len(train), 1 - settings["inner_share"], seed)
        scale = read_scale(paths[2])
        return cls(train[trains], train[~trains], valid, scale, settings, log.without_progress())

    def fit(self, trial: Trial, seed: int, compiled: "keras.Model | None") -> Trained:
        """See `training.trials.FitOne`."""
        configure_tensorflow(seed)
        batch_size = self.settings["batch_size"]
        model, history = fit_next(
            compiled,
            dot_bias_model(self.train, self.settings["factors"], self.settings["l2"], seed),
            rating_batches(self.train, batch_size, seed),
            trial.schedule,
            "mse",
            self.log,
            inner=rating_batches(self.inner, batch_size, seed),
            optimizer=trial.optimizer,
        )
        table = predictions_frame(self.valid, predict_ratings(model, self.valid), self.scale)
        return Trained(model, history, ((table["prediction"] - table["true"]) ** 2).to_numpy())

    def scored(self) -> Scored:
        """The held-out ratings; their constant prediction is the mean of those that train."""
        keys = self.valid["user_id"].astype(str).rename("group").to_frame()
        keys["id"] = keys["group"] + ":" + self.valid["movie_id"].astype(str)
        constant = (self.valid["rating"] - self.train["rating"].mean()) ** 2
        return Scored(keys, constant.to_numpy())
