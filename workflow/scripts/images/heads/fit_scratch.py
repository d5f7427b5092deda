from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_store
from practical_dl.images.heads.sides import sides_of
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_split
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    from practical_dl.images.heads.fitting import predict_rows
    from practical_dl.images.heads.scratch_fitting import Network, fit_network

    manifest = read_manifest(snakemake.input.manifest)
    description = read_description(snakemake.input.description)
    store = open_store(snakemake.input.store, snakemake.input.shards, description)
    split = read_split(snakemake.input.split, manifest)
    sides = sides_of(store, manifest, split, params.inner_share, True, params.seed)
    best = snakemake.input.best
    amounts = read_best_amounts(best[0]) if best else {}
    network = Network(
        params.model,
        params.width,
        params.dropout,
        params.conv_dropout,
        amounts,
        params.halves,
        params.schedule,
        params.batch_size,
        params.memory_mb,
    )
    log.info(f"{len(sides.rows['train']):,} pictures, augmentation {amounts or 'none'}")
    train, inner = sides.source("train"), sides.source("inner")
    model, history = fit_network(train, inner, network, params.seed, log)
    predicted = predict_rows(model, sides.source("valid"), params.batch_size)
    save_model(snakemake.output.model, model)
    write_csv(snakemake.output.history, history)
    write_csv(snakemake.output.predictions, sides.predictions(predicted))
