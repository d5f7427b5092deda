from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.augmentation.fitting import Base, fit_curves, fit_with_and_without
from practical_dl.images.sample.fitting import Compiled
from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.job.runtime import job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    found, params, made = snakemake.input, snakemake.params, snakemake.output
    own, curves, batch_size = params.sample, params.curves, params.sample["batch_size"]
    amounts = read_best_amounts(found.best)
    seeds = range(params.seed, params.seed + own["seeds"])
    compiled: Compiled = {}
    recipe = Recipe(params.schedule, batch_size)
    sample = read_sample_pictures(found.pictures)
    runs, history = fit_with_and_without(
        sample, amounts, recipe, own["inner_share"], seeds, compiled, log
    )
    write_csv(made.runs, runs)
    write_csv(made.history, history)
    axes = {axis: curves[axis] for axis in params.axes}
    base = Base(own["train"], curves["base_shrink"], curves["schedule"], batch_size, amounts)
    pictures = read_sample_pictures(found.curve_pictures)
    tables = fit_curves(pictures, axes, base, seeds, compiled, log)
    for path, axis in zip(made.curves, axes, strict=True):
        write_csv(path, tables[axis])
