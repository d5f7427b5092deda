"""Optimizers compared on the sample: the network `conv1` from scratch on its pictures, reduced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from practical_dl.images.pictures.splits import rows_by_role
from practical_dl.images.sample.fitting import Positions, fit_sample, predict_sample
from practical_dl.images.sample.store import SamplePictures, read_sample_pictures, shrunk_sample
from practical_dl.job.runtime import Log
from practical_dl.scoring.metrics import log_losses
from practical_dl.training.recipe import Recipe
from practical_dl.training.trials import Scored, Trained, Trial, constant_losses

if TYPE_CHECKING:
    import keras

MODEL = "conv1"


@dataclass(frozen=True)
class PictureTrials:
    """A sample with the positions of its `train`, `inner` and `valid` rows."""

    sample: SamplePictures
    rows: dict[str, Positions]
    batch_size: int
    log: Log

    @classmethod
    def read(
        cls, paths: Sequence[str], settings: Mapping[str, Any], seed: int, log: Log
    ) -> "PictureTrials":
        """From the path of the sample's pictures; `settings`: shrink, inner_share, batch_size."""
        sample = shrunk_sample(read_sample_pictures(*paths), settings["shrink"])
        inner_share = settings["inner_share"]
        rows = rows_by_role(sample.rows, sample.split("grouped"), inner_share, True, seed)
        return cls(sample, rows, settings["batch_size"], log.without_progress())

    def fit(self, trial: Trial, seed: int, compiled: "keras.Model | None") -> Trained:
        """See `training.trials.FitOne`."""
        recipe = Recipe(trial.schedule, self.batch_size, trial.optimizer)
        model, history = fit_sample(
            self.sample, self.rows, MODEL, recipe, {}, seed, self.log, compiled
        )
        valid = self.rows["valid"]
        predicted = predict_sample(model, self.sample, valid, self.batch_size)
        return Trained(model, history, log_losses(self.sample.labels()[valid], predicted))

    def scored(self) -> Scored:
        """The validation pictures."""
        labels, valid = self.sample.labels(), self.rows["valid"]
        classes = len(self.sample.classes)
        keys = self.sample.rows.iloc[valid].rename(columns={"image_id": "id"})
        return Scored(keys, constant_losses(labels[self.rows["train"]], labels[valid], classes))
