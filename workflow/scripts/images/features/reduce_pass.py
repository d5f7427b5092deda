from pathlib import Path

from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.reduced import read_projection, write_reduced
from practical_dl.images.features.store import open_store
from practical_dl.images.folds.folded import parts_of_store
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job

with job(snakemake):
    found, output = snakemake.input, snakemake.output
    store = open_store(found.store, found.shards, read_description(found.description))
    parts = parts_of_store(store.rows, read_folds(found.folds, read_manifest(found.manifest)))
    projection, among = read_projection(found.projection), snakemake.params.look_alikes
    write_reduced(Path(output.reduced), store, projection, parts, among)
