from pathlib import Path

from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_store
from practical_dl.images.hidden_groups.regions import write_regions
from practical_dl.job.runtime import job

with job(snakemake):
    found = snakemake.input
    store = open_store(Path(found.store), found.shards, read_description(found.description))
    write_regions(Path(snakemake.output.store), store, snakemake.params.regions)
