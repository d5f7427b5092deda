from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_store
from practical_dl.images.heads.sides import read_sides
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, found, output = snakemake.params, snakemake.input, snakemake.output
    configure_tensorflow(params.seed)
    from practical_dl.images.heads.fitting import predict_rows
    from practical_dl.images.heads.scratch_fitting import Network, fit_network

    store = open_store(found.store, found.shards, read_description(found.description))
    memory_mb, inner_share = params.head["memory_mb"], params.head["inner_share"]
    sides = read_sides(store, found.manifest, found.split, inner_share, params.seed)
    train, inner = sides.source("train"), sides.source("inner")
    best = read_best_amounts(found.best[0]) if found.best else {}
    recipe = Recipe(**params.recipe)
    for number, (name, settings) in enumerate(params.networks.items()):
        configure_tensorflow(params.seed)
        network = Network.of(settings, best)
        log.info(f"{name}: augmentation {network.amounts or 'none'}")
        model, history = fit_network(train, inner, network, recipe, memory_mb, params.seed, log)
        predicted = predict_rows(model, sides.source("valid"), recipe.batch_size)
        save_model(output.models[number], model)
        write_csv(output.histories[number], history)
        write_csv(output.predictions[number], sides.predictions(predicted))
