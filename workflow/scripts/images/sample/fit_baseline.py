from itertools import product

import pandas as pd

from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.images.pictures.splits import rows_by_role
from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.images.sample.trainings import run_frame
from practical_dl.job.runtime import job

with job(snakemake) as log:
    from practical_dl.images.sample.fitting import Recipe, fit_sample, predict_sample

    params = snakemake.params
    sample = read_sample_pictures(snakemake.input.pictures)
    recipe = Recipe(snakemake.wildcards.model, params.schedule, params.batch_size)
    model, runs, histories = None, [], []
    seeds = range(params.seed, params.seed + params.seeds)
    trainings = list(product(("grouped", "random"), seeds))
    for split, seed in log.track(trainings, len(trainings), "trainings"):
        log.info(f"{split} split, seed {seed}")
        by_group = split == "grouped"
        rows = rows_by_role(
            sample.rows, sample.split(split), params.inner_share, by_group, params.seed
        )
        quiet = log.without_progress()
        model, history = fit_sample(sample, rows, recipe, {}, seed, quiet, model)
        predicted = predict_sample(model, sample, rows["valid"], params.batch_size)
        runs.append(run_frame(split, seed, sample, rows["valid"], predicted))
        histories.append(history.assign(setting=split, seed=seed))
    write_csv(snakemake.output.runs, pd.concat(runs))
    write_csv(snakemake.output.history, pd.concat(histories))
    write_json(
        snakemake.output.model,
        {"model": snakemake.wildcards.model, "parameters": model.count_params()},
    )
