from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_store
from practical_dl.images.heads.sides import read_sides
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, found, output = snakemake.params, snakemake.input, snakemake.output
    configure_tensorflow(params.seed)
    from practical_dl.images.heads.fitting import Head, fit_head, predict_rows

    description = read_description(found.description)
    store = open_store(found.store, found.shards, description)
    head, recipe = Head(**params.head, pool=description["pool"]), Recipe(**params.recipe)
    for number, (split, by_group) in enumerate(zip(found.splits, params.by_group, strict=True)):
        configure_tensorflow(params.seed)
        log.info(split)
        sides = read_sides(store, found.manifest, split, params.inner_share, params.seed, by_group)
        train, inner = [sides.source("train")], sides.source("inner")
        model, history = fit_head(train, inner, head, recipe, params.seed, log)
        predicted = predict_rows(model, sides.source("valid"), recipe.batch_size)
        save_model(output.models[number], model)
        write_csv(output.histories[number], history)
        write_csv(output.predictions[number], sides.predictions(predicted))
