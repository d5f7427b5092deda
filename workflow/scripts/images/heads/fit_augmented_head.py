from practical_dl.files.artefacts import write_csv
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_store
from practical_dl.images.heads.sides import sides_of
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_split
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    import keras

    from practical_dl.images.heads.fitting import Recipe, fit_head, predict_rows

    manifest = read_manifest(snakemake.input.manifest)
    description = read_description(snakemake.input.description)
    shards = snakemake.input.shards
    per_part = len(shards) // len(snakemake.input.stores)
    clean, *passes = [
        open_store(path, shards[number * per_part : (number + 1) * per_part], description)
        for number, path in enumerate(snakemake.input.stores)
    ]
    split = read_split(snakemake.input.split, manifest)
    sides = sides_of(clean, manifest, split, params.inner_share, True, params.seed)
    inner, valid = sides.source("inner"), sides.source("valid")
    sources = [sides.source("train"), *(sides.of_pass(store) for store in passes)]
    recipe = Recipe.of(params, params.schedule, description["pool"])
    trainings = {"augmented": (sources, 1), "clean": (sources[:1], len(sources))}
    for name, (trained_on, repeats) in trainings.items():
        keras.utils.set_random_seed(params.seed)
        model, history = fit_head(trained_on, inner, recipe, params.seed, log, repeats)
        predicted = predict_rows(model, valid, params.batch_size)
        write_csv(snakemake.output[f"{name}_history"], history)
        write_csv(snakemake.output[name], sides.predictions(predicted))
