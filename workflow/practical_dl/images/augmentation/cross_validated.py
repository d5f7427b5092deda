"""Training a setting of augmentation on all folds of the sample's training drivers."""

from collections.abc import Mapping

import pandas as pd

from practical_dl.images.augmentation.sweep import cross_validation
from practical_dl.images.pictures.changes import Amounts
from practical_dl.images.sample.fitting import Recipe, fit_sample, predict_sample
from practical_dl.images.sample.store import SamplePictures
from practical_dl.images.sample.trainings import run_frame
from practical_dl.job.runtime import Log


def cross_validated_runs(
    sample: SamplePictures,
    settings: Mapping[str, Amounts],
    folds: int,
    repeats: int,
    recipe: Recipe,
    seed: int,
    log: Log,
) -> pd.DataFrame:
    """The rows of a runs table: every setting's predictions of every training picture.

    The seed of a training depends on its fold and repeat only, so settings are paired.
    """
    parts = cross_validation(sample, folds, seed)
    trainings = [
        (setting, repeat, fold)
        for setting in settings
        for repeat in range(repeats)
        for fold in range(folds)
    ]
    model, runs = None, []
    for setting, repeat, fold in log.track(trainings, len(trainings), "trainings"):
        model, _ = fit_sample(
            sample,
            {"train": parts[fold]["train"]},
            recipe,
            settings[setting],
            seed + repeat * folds + fold,
            log.without_progress(),
            model,
        )
        valid = parts[fold]["valid"]
        predicted = predict_sample(model, sample, valid, recipe.batch)
        runs.append(run_frame(setting, seed + repeat, sample, valid, predicted))
    return pd.concat(runs)
