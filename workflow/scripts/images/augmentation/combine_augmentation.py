from itertools import product

import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.pictures.changes import NONE
from practical_dl.images.pictures.splits import rows_by_role
from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.images.sample.trainings import run_frame
from practical_dl.job.runtime import job

with job(snakemake) as log:
    from practical_dl.images.sample.fitting import Recipe, fit_sample, predict_sample

    params = snakemake.params
    sample = read_sample_pictures(snakemake.input.pictures)
    settings = {NONE: {}, "augmented": read_best_amounts(snakemake.input.best)}
    recipe = Recipe("conv1", params.schedule, params.batch_size)
    split = sample.split("grouped")
    rows = rows_by_role(sample.rows, split, params.inner_share, True, params.seed)
    runs, histories = [], []
    seeds = range(params.seed, params.seed + params.seeds)
    trainings = list(product(settings, seeds))
    for setting, seed in log.track(trainings, len(trainings), "trainings"):
        amounts = settings[setting]
        log.info(f"{setting}, seed {seed}: {amounts}")
        model, history = fit_sample(sample, rows, recipe, amounts, seed, log.without_progress())
        predicted = predict_sample(model, sample, rows["valid"], params.batch_size)
        runs.append(run_frame(setting, seed, sample, rows["valid"], predicted))
        histories.append(history.assign(setting=setting, seed=seed))
    write_csv(snakemake.output.runs, pd.concat(runs))
    write_csv(snakemake.output.history, pd.concat(histories))
