from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.features import backbones
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_store
from practical_dl.images.heads.sides import sides_of
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_split
from practical_dl.job.errors import settings_at
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    network = backbones.build(params.application, params.input_size, params.alpha)
    from practical_dl.images.heads.fine_tuning import Tuning, cut_tail, fit_variants
    from practical_dl.images.heads.fitting import Recipe, predict_rows

    if params.weights != "random":
        backbones.load_weights(network, Path(params.weights_file), params.until)
    description = read_description(snakemake.input.description)
    with settings_at(f"images.{snakemake.wildcards.dataset}"):
        tail = cut_tail(network, description["layer"], params.until)
    manifest = read_manifest(snakemake.input.manifest)
    store = open_store(snakemake.input.store, snakemake.input.shards, description)
    split = read_split(snakemake.input.split, manifest)
    sides = sides_of(store, manifest, split, params.inner_share, True, params.seed)
    recipe = Recipe.of(params, params.head_schedule, description["pool"])
    train, inner = sides.source("train"), sides.source("inner")
    tuning = Tuning(train, inner, recipe, params.schedule, params.seed)
    histories = []
    for variant, model, history in fit_variants(tail, tuning, log):
        predicted = predict_rows(model, sides.source("valid"), params.batch_size)
        histories.append(history.assign(variant=variant))
        write_csv(snakemake.output[variant], sides.predictions(predicted))
    write_csv(snakemake.output.history, pd.concat(histories))
