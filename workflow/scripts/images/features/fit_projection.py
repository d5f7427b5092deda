from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.reduced import fit_projection, sampled_rows, write_projection
from practical_dl.images.features.store import open_store
from practical_dl.job.runtime import job

with job(snakemake):
    description = read_description(snakemake.input.description)
    store = open_store(snakemake.input.store, snakemake.input.shards, description)
    features = store.read(sampled_rows(store, snakemake.params.seed))
    projection = fit_projection(features, snakemake.params.components)
    write_projection(snakemake.output.projection, projection)
