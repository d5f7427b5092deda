from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.images.sample.experiments import (
    compare_statistics,
    fit_baseline,
    fit_rate_lesson,
    rising_rates,
)
from practical_dl.images.sample.fitting import Compiled
from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.job.runtime import job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, made = snakemake.params, snakemake.output
    own, batch_size = params.sample, params.sample["batch_size"]
    sample = read_sample_pictures(snakemake.input.pictures)
    seeds = range(params.seed, params.seed + own["seeds"])
    compiled: Compiled = {}
    for place, name in enumerate(params.models):
        recipe = Recipe(own["baselines"][name], batch_size)
        trained = fit_baseline(sample, name, recipe, own["inner_share"], seeds, compiled, log)
        write_csv(made.runs[place], trained.runs)
        write_csv(made.histories[place], trained.history)
        write_json(made.models[place], {"model": name, "parameters": trained.parameters})
    trained = fit_rate_lesson(sample, own["rate_lesson"], batch_size, seeds, compiled, log)
    write_csv(made.lesson_runs, trained.runs)
    write_csv(made.lesson_history, trained.history)
    rates = rising_rates(
        sample, params.models, **own["rate_range"], batch_size=batch_size, seed=params.seed, log=log
    )
    write_csv(made.ranges, rates)
    recipe = Recipe(own["statistics_schedule"], batch_size)
    write_csv(made.statistics, compare_statistics(sample, "conv1", recipe, seeds, log))
