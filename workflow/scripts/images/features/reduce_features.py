from pathlib import Path

from practical_dl.images.features import reduced
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_stores
from practical_dl.job.runtime import job

with job(snakemake):
    params = snakemake.params
    description = read_description(snakemake.input.description)
    stores = open_stores(snakemake.input.stores, snakemake.input.shards, description)
    features = reduced.sampled_features(stores, params.seed)
    projection = reduced.fit_projection(features, params.reduction["components"])
    reduced.write_projection(snakemake.output.projection, projection)
    for path, store in zip(snakemake.output.reduced, stores, strict=True):
        reduced.write_reduced(Path(path), store, projection, params.reduction["look_alikes"])
