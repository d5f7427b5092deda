from practical_dl.files.artefacts import write_csv
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_stores
from practical_dl.images.heads.sides import read_sides
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, found = snakemake.params, snakemake.input
    configure_tensorflow(params.seed)
    from practical_dl.images.heads.fitting import Head, fit_head, predict_rows

    description = read_description(found.description)
    clean, *passes = open_stores(found.stores, found.shards, description)
    sides = read_sides(clean, found.manifest, found.split, params.inner_share, params.seed)
    inner, valid = sides.source("inner"), sides.source("valid")
    sources = [sides.source("train"), *(sides.of_pass(store) for store in passes)]
    head, recipe = Head(**params.head, pool=description["pool"]), Recipe(**params.recipe)
    trainings = {"augmented": (sources, 1), "clean": (sources[:1], len(sources))}
    for name, (trained_on, repeats) in trainings.items():
        configure_tensorflow(params.seed)
        model, history = fit_head(trained_on, inner, head, recipe, params.seed, log, repeats)
        predicted = predict_rows(model, valid, recipe.batch_size)
        write_csv(snakemake.output[f"{name}_history"], history)
        write_csv(snakemake.output[name], sides.predictions(predicted))
