import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.splits import rows_of_roles
from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.job.runtime import job

with job(snakemake) as log:
    from practical_dl.images.sample.fitting import Recipe
    from practical_dl.images.sample.statistics_study import score_both_statistics

    params = snakemake.params
    sample = read_sample_pictures(snakemake.input.pictures)
    rows = rows_of_roles(sample.split("grouped"))
    recipe = Recipe("conv1", params.schedule, params.batch_size)
    seeds = range(params.seed, params.seed + params.seeds)
    tables = [
        score_both_statistics(sample, rows, recipe, seed, log.without_progress())
        for seed in log.track(seeds, len(seeds), "trainings")
    ]
    write_csv(snakemake.output.scores, pd.concat(tables))
