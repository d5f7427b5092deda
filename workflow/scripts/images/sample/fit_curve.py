import numpy as np
import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.sample.curves import point
from practical_dl.images.sample.store import read_sample_pictures, shrunk_sample
from practical_dl.images.sample.trainings import run_frame
from practical_dl.job.runtime import job

with job(snakemake) as log:
    from practical_dl.images.sample.fitting import Recipe, fit_sample, predict_sample

    params = snakemake.params
    axis = snakemake.wildcards.axis
    sample = read_sample_pictures(snakemake.input.pictures)
    amounts = read_best_amounts(snakemake.input.best)
    roles = sample.rows["grouped"].to_numpy()
    training, valid = (np.flatnonzero(roles == role) for role in ("train", "valid"))
    groups = sample.rows["group"].to_numpy()[training]
    base = min(params.base, len(training))
    seeds = range(params.seed, params.seed + params.seeds)
    trainings = [(value, seed) for value in sorted(params.values) for seed in seeds]
    if axis == "shrink":
        trainings = trainings[::-1]
    runs = []
    model, pictures, shrink = None, sample, 1
    for value, seed in log.track(trainings, len(trainings), "trainings"):
        given = point(
            axis, value, training, groups, base, params.schedule, params.base_shrink, seed
        )
        if given.shrink != shrink:
            model, pictures, shrink = None, shrunk_sample(sample, given.shrink), given.shrink
        recipe = Recipe("conv1", given.schedule, params.batch_size)
        log.info(f"{axis} {value:g}, seed {seed}: {len(given.train)} pictures, {given.schedule}")
        rows, quiet = {"train": given.train}, log.without_progress()
        model, _ = fit_sample(pictures, rows, recipe, amounts, seed, quiet, model)
        predicted = predict_sample(model, pictures, valid, params.batch_size)
        runs.append(run_frame(value, seed, sample, valid, predicted))
    write_csv(snakemake.output.runs, pd.concat(runs))
