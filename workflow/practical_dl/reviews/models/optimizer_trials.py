"""Optimizers compared on reviews: the one-dimensional convolution on some of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.reviews.corpus.feeding import probabilities
from practical_dl.reviews.models.data import ReviewData, read_review_data
from practical_dl.reviews.models.fitting import train
from practical_dl.reviews.models.networks import BUILDERS
from practical_dl.scoring.metrics import log_losses
from practical_dl.training.recipe import Recipe
from practical_dl.training.trials import Scored, Trained, Trial, constant_losses

if TYPE_CHECKING:
    import keras

MODEL = "convolution"
FILES = ("reviews", "about", "tokens", "split")
ROLES = ("train", "valid", "test")


@dataclass(frozen=True)
class ReviewTrials:
    """Reviews of all roles, and the settings of their network."""

    data: ReviewData
    settings: Mapping[str, Any]
    log: Log

    @classmethod
    def read(
        cls, paths: Sequence[str], settings: Mapping[str, Any], seed: int, log: Log
    ) -> "ReviewTrials":
        """From the paths of FILES.

        `settings`: reviews (at most as many of each role), vocabulary, length, padding, truncating,
        batch_size.
        """
        inputs = SimpleNamespace(**dict(zip(FILES, paths, strict=True)))
        data = read_review_data(inputs, settings["vocabulary"], SimpleNamespace(**settings))
        return cls(drawn(data, settings["reviews"], seed), settings, log.without_progress())

    def fit(self, trial: Trial, seed: int, compiled: "keras.Model | None") -> Trained:
        """See `training.trials.FitOne`."""
        configure_tensorflow(seed)
        size = self.settings["vocabulary"], self.settings["length"]
        untrained = BUILDERS[MODEL](*size, self.data.classes)
        recipe = Recipe(
            schedule=trial.schedule,
            optimizer=trial.optimizer,
            batch_size=self.settings["batch_size"],
        )
        model, history = train(untrained, self.data, recipe, seed, self.log, compiled)
        tokens, labels = self.data.part("test")
        return Trained(model, history, log_losses(labels, probabilities(model, tokens)))

    def scored(self) -> Scored:
        """The test reviews."""
        keys = self.data.table("test").rename(columns={"review_id": "id"})
        trained, labels = (self.data.part(role)[1] for role in ("train", "test"))
        return Scored(keys, constant_losses(trained, labels, self.data.classes))


def drawn(data: ReviewData, count: int, seed: int) -> ReviewData:
    """At most `count` random reviews of each role."""
    shuffled = data.at(np.random.default_rng(seed).permutation(len(data.roles)))
    chosen = [np.flatnonzero(shuffled.roles == role)[:count] for role in ROLES]
    return shuffled.at(np.concatenate(chosen))
