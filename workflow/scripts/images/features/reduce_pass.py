from pathlib import Path

from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.reduced import read_projection, write_reduced
from practical_dl.images.features.store import open_store
from practical_dl.job.runtime import job

with job(snakemake):
    description = read_description(snakemake.input.description)
    store = open_store(snakemake.input.store, snakemake.input.shards, description)
    projection = read_projection(snakemake.input.projection)
    write_reduced(Path(snakemake.output.reduced), store, projection, snakemake.params.look_alikes)
