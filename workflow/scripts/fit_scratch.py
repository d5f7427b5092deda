from practical_dl.artefacts import save_model, write_csv
from practical_dl.images.backbones import read_description
from practical_dl.images.best_amounts import read_best_amounts
from practical_dl.images.feature_store import open_store
from practical_dl.images.manifest import class_names, read_manifest
from practical_dl.images.splits import read_split, rows_by_role
from practical_dl.predictions import class_frame
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    from practical_dl.images.feature_batches import labelled_source
    from practical_dl.images.head_fitting import predict_rows
    from practical_dl.images.scratch_fitting import Network, fit_network

    manifest = read_manifest(snakemake.input.manifest)
    classes = class_names(manifest)
    description = read_description(snakemake.input.description)
    store = open_store(snakemake.input.store, snakemake.input.shards, description)
    split = read_split(snakemake.input.split, manifest)
    rows = rows_by_role(store.rows, split, params.inner_share, True, params.seed)
    sources = {name: labelled_source(store, part, len(classes)) for name, part in rows.items()}
    best = snakemake.input.best
    amounts = read_best_amounts(best[0]) if best else {}
    network = Network(
        params.model,
        params.width,
        params.dropout,
        params.conv_dropout,
        amounts,
        params.schedule,
        params.batch_size,
        params.memory_mb,
    )
    log.info(f"{len(rows['train']):,} pictures, augmentation {amounts or 'none'}")
    model, history = fit_network(sources["train"], sources["inner"], network, params.seed, log)
    valid = store.rows.iloc[rows["valid"]]
    predicted = predict_rows(model, sources["valid"], params.batch_size)
    true = [classes[label] for label in valid["label"]]
    save_model(snakemake.output.model, model)
    write_csv(snakemake.output.history, history)
    write_csv(
        snakemake.output.predictions,
        class_frame(valid["image_id"], valid["group"], true, classes, predicted),
    )
