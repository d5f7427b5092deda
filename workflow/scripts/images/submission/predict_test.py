import numpy as np

from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import load_model
from practical_dl.files.predictions import class_frame
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_store
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    configure_tensorflow(seed=0)
    from practical_dl.images.features.batches import unlabelled_source
    from practical_dl.images.heads.fitting import predict_rows

    classes = class_names(read_manifest(snakemake.input.manifest))
    description = read_description(snakemake.input.description)
    store = open_store(snakemake.input.store, snakemake.input.shards, description)
    everything = unlabelled_source(store, np.arange(len(store.rows)), len(classes))
    model = load_model(snakemake.input.model)
    predicted = predict_rows(model, everything, snakemake.params.batch_size)
    ids, groups = list(store.rows["image_id"]), list(store.rows["group"])
    unknown = [""] * len(ids)
    write_csv(snakemake.output.predictions, class_frame(ids, groups, unknown, classes, predicted))
