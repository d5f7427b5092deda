from practical_dl.artefacts import save_model, write_csv
from practical_dl.images.backbones import read_description
from practical_dl.images.feature_store import open_store
from practical_dl.images.manifest import class_names, read_manifest
from practical_dl.images.splits import read_split
from practical_dl.predictions import class_frame
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake) as log:
    configure_tensorflow(snakemake.params.seed)
    from practical_dl.images.head_fitting import fit_head, predict_rows, rows_by_role

    params = snakemake.params
    manifest = read_manifest(snakemake.input.manifest)
    classes = class_names(manifest)
    weights = read_description(snakemake.input.description)["weights_sha256"]
    store = open_store(snakemake.input.store, snakemake.input.shards, weights)
    split = read_split(snakemake.input.split, manifest)
    rows = rows_by_role(store.rows, split, params.inner_share, params.grouped, params.seed)
    model, history = fit_head(
        store,
        rows,
        len(classes),
        width=params.width,
        dropout=params.dropout,
        schedule=params.schedule,
        optimizer=params.optimizer,
        batch=params.batch_size,
        memory_mb=params.memory_mb,
        seed=params.seed,
        log=log,
    )
    valid = store.rows.iloc[rows["valid"]]
    predicted = predict_rows(model, store, rows["valid"], len(classes), params.batch_size)
    true = [classes[label] for label in valid["label"]]
    save_model(snakemake.output.model, model)
    write_csv(snakemake.output.history, history)
    write_csv(
        snakemake.output.predictions,
        class_frame(valid["image_id"], valid["group"], true, classes, predicted),
    )
