"""Settings of augmentation, each trained on all folds of the sample's training groups."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from practical_dl.images.augmentation.sweep import cross_validation
from practical_dl.images.pictures.augmentation import Amounts
from practical_dl.images.sample.fitting import Compiled, fit_in_turn, predict_sample
from practical_dl.images.sample.store import SamplePictures, shrunk_sample
from practical_dl.images.sample.trainings import run_frame
from practical_dl.job.runtime import Log
from practical_dl.training.recipe import Recipe
from practical_dl.training.schedules import Schedule

NETWORK = "conv1"
"""The network of all questions about augmentation: the lesson's, of two convolutions."""


@dataclass(frozen=True)
class Sweep:
    """How every setting is trained: on pictures reduced by `shrink`, `repeats` times by folds."""

    shrink: int
    folds: int
    repeats: int
    schedule: Schedule
    batch_size: int


def cross_validated_runs(
    whole: SamplePictures, settings: Mapping[str, Amounts], sweep: Sweep, seed: int, log: Log
) -> pd.DataFrame:
    """The rows of a runs table: every setting's predictions of every training picture.

    The seed of a training depends on its fold and repeat only, so settings are paired.
    """
    sample = shrunk_sample(whole, sweep.shrink)
    recipe = Recipe(sweep.schedule, sweep.batch_size)
    parts = cross_validation(sample, sweep.folds, seed)
    trainings = [
        (setting, repeat, fold)
        for setting in settings
        for repeat in range(sweep.repeats)
        for fold in range(sweep.folds)
    ]
    compiled: Compiled = {}
    quiet, runs = log.without_progress(), []
    for setting, repeat, fold in log.track(trainings, len(trainings), "trainings"):
        rows, drawn = {"train": parts[fold]["train"]}, seed + repeat * sweep.folds + fold
        amounts = settings[setting]
        model, _ = fit_in_turn(compiled, sample, rows, NETWORK, recipe, amounts, drawn, quiet)
        valid = parts[fold]["valid"]
        predicted = predict_sample(model, sample, valid, recipe.batch_size)
        runs.append(run_frame(setting, seed + repeat, sample, valid, predicted))
    return pd.concat(runs)
