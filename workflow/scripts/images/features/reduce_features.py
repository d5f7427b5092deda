from pathlib import Path

from practical_dl.images.features import reduced
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_stores
from practical_dl.images.folds.folded import parts_of_store
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job

with job(snakemake):
    import numpy as np

    params, found = snakemake.params, snakemake.input
    stores = open_stores(found.stores, found.shards, read_description(found.description))
    folds = read_folds(found.folds, read_manifest(found.manifest))
    labelled = stores[0]
    rows = np.arange(len(labelled.rows))
    features = labelled.read(reduced.sampled_rows(labelled, rows, params.seed))
    projection = reduced.fit_projection(features, params.reduction["components"])
    reduced.write_projection(snakemake.output.projection, projection)
    for path, store in zip(snakemake.output.reduced, stores, strict=True):
        parts, among = parts_of_store(store.rows, folds), params.reduction["look_alikes"]
        reduced.write_reduced(Path(path), store, projection, parts, among)
