from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_split, split_at_random
from practical_dl.job.runtime import job

with job(snakemake):
    manifest = read_manifest(snakemake.input.manifest)
    grouped = read_split(snakemake.input.grouped, manifest)
    valid_rows = int((grouped["role"] == "valid").sum())
    write_csv(snakemake.output.split, split_at_random(manifest, valid_rows, snakemake.params.seed))
