from itertools import product

import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.splits import rows_of_roles
from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.images.sample.trainings import run_frame
from practical_dl.job.runtime import job
from practical_dl.training.collapse import collapse_check, describe_collapse

with job(snakemake) as log:
    from practical_dl.images.sample.fitting import Recipe, fit_sample, predict_sample

    params = snakemake.params
    sample = read_sample_pictures(snakemake.input.pictures)
    rows = rows_of_roles(sample.split("grouped"))
    runs, histories = [], []
    train = {"train": rows["train"]}
    seeds = range(params.seed, params.seed + params.seeds)
    trainings = list(product(("at_once", "low_first"), seeds))
    for setting, seed in log.track(trainings, len(trainings), "trainings"):
        recipe = Recipe("linear", params[setting], params.batch_size)
        model, history = fit_sample(sample, train, recipe, {}, seed, log.without_progress())
        predicted = predict_sample(model, sample, rows["valid"], params.batch_size)
        check = collapse_check(predicted, sample.labels()[rows["valid"]])
        log.info(f"{setting}, seed {seed}: {describe_collapse(check)}")
        runs.append(run_frame(setting, seed, sample, rows["valid"], predicted))
        histories.append(history.assign(setting=setting, seed=seed))
    write_csv(snakemake.output.runs, pd.concat(runs))
    write_csv(snakemake.output.history, pd.concat(histories))
