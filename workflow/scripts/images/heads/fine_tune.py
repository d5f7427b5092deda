from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.features import backbones
from practical_dl.images.features.store import open_store
from practical_dl.images.heads.sides import read_sides
from practical_dl.job.errors import settings_at
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, found, until = snakemake.params, snakemake.input, snakemake.params.tuning["until"]
    configure_tensorflow(params.seed)
    asked = params.network
    network = backbones.build(asked["application"], asked["input_size"], asked["alpha"])
    from practical_dl.images.heads.fine_tuning import Tuning, cut_tail, fit_variants
    from practical_dl.images.heads.fitting import Head, predict_rows

    if asked["weights"] != "random":
        backbones.load_weights(network, Path(params.weights_file), until)
    description = backbones.read_description(found.description)
    with settings_at(f"images.{snakemake.wildcards.dataset}"):
        tail = cut_tail(network, description["layer"], until)
    store = open_store(found.store, found.shards, description)
    sides = read_sides(store, found.manifest, found.split, params.inner_share, params.seed)
    head, recipe = Head(**params.head, pool=description["pool"]), Recipe(**params.recipe)
    train, inner = sides.source("train"), sides.source("inner")
    tuning = Tuning(train, inner, head, recipe, params.tuning["schedule"], params.seed)
    histories = []
    for variant, model, history in fit_variants(tail, tuning, log):
        predicted = predict_rows(model, sides.source("valid"), recipe.batch_size)
        histories.append(history.assign(variant=variant))
        write_csv(snakemake.output[variant], sides.predictions(predicted))
    write_csv(snakemake.output.history, pd.concat(histories))
