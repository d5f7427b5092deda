import pandas as pd

from practical_dl.artefacts import write_csv
from practical_dl.images.runs import run_frame
from practical_dl.images.sample_plan import NONE
from practical_dl.images.sample_store import read_sample_pictures, shrunk_sample
from practical_dl.images.sweep import cross_validation
from practical_dl.runtime import job

with job(snakemake) as log:
    from practical_dl.images.sample_fitting import Recipe, fit_sample, predict_sample

    params = snakemake.params
    kind = snakemake.wildcards.augmentation
    sample = shrunk_sample(read_sample_pictures(snakemake.input.pictures), params.shrink)
    recipe = Recipe("conv1", params.schedule, params.batch_size)
    folds = cross_validation(sample, params.folds, params.seed)
    trainings = [
        (level, repeat * len(folds) + number, rows)
        for level in params.levels
        for repeat in range(params.repeats)
        for number, rows in enumerate(folds)
    ]
    runs = []
    for level, number, rows in log.track(trainings, len(trainings), "trainings"):
        amounts = {} if kind == NONE else {kind: float(level)}
        seed = params.seed + number
        train = {"train": rows["train"]}
        model, _ = fit_sample(sample, train, recipe, amounts, seed, log.without_progress())
        predicted = predict_sample(model, sample, rows["valid"], params.batch_size)
        repeat = params.seed + number // len(folds)
        setting = level if amounts else NONE
        runs.append(run_frame(setting, repeat, sample, rows["valid"], predicted))
    write_csv(snakemake.output.runs, pd.concat(runs))
