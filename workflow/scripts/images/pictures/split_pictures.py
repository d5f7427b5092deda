from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import split_at_random, split_by_group
from practical_dl.job.runtime import job

with job(snakemake):
    params, made = snakemake.params, snakemake.output
    manifest = read_manifest(snakemake.input.manifest)
    grouped = split_by_group(manifest, params.split["valid_share"], params.split["seed"])
    valid_rows = int((grouped["role"] == "valid").sum())
    write_csv(made.grouped, grouped)
    write_csv(made.random, split_at_random(manifest, valid_rows, params.split["seed"]))
