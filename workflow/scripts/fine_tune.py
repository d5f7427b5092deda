from pathlib import Path

import pandas as pd

from practical_dl.artefacts import write_csv
from practical_dl.images import backbones
from practical_dl.images.backbones import read_description
from practical_dl.images.feature_store import open_store
from practical_dl.images.manifest import class_names, read_manifest
from practical_dl.images.splits import read_split, rows_by_role
from practical_dl.predictions import class_frame
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    network = backbones.build(params.application, params.input_size, params.alpha)
    from practical_dl.images.feature_batches import labelled_source
    from practical_dl.images.fine_tuning import Tuning, cut_tail, fit_variants
    from practical_dl.images.head_fitting import Recipe, predict_rows

    if params.weights != "random":
        backbones.load_weights(network, Path(params.weights_file), params.until)
    description = read_description(snakemake.input.description)
    tail = cut_tail(network, description["layer"], params.until)
    manifest = read_manifest(snakemake.input.manifest)
    classes = class_names(manifest)
    store = open_store(snakemake.input.store, snakemake.input.shards, description)
    split = read_split(snakemake.input.split, manifest)
    rows = rows_by_role(store.rows, split, params.inner_share, True, params.seed)
    sources = {name: labelled_source(store, part, len(classes)) for name, part in rows.items()}
    recipe = Recipe(
        params.width,
        params.dropout,
        params.head_schedule,
        params.optimizer,
        params.batch_size,
        params.memory_mb,
        description["pool"],
    )
    tuning = Tuning(sources["train"], sources["inner"], recipe, params.schedule, params.seed)
    valid = store.rows.iloc[rows["valid"]]
    true = [classes[label] for label in valid["label"]]
    histories = []
    for variant, model, history in fit_variants(tail, tuning, log):
        predicted = predict_rows(model, sources["valid"], params.batch_size)
        histories.append(history.assign(variant=variant))
        write_csv(
            snakemake.output[variant],
            class_frame(valid["image_id"], valid["group"], true, classes, predicted),
        )
    write_csv(snakemake.output.history, pd.concat(histories))
