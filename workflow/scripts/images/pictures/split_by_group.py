from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import split_by_group
from practical_dl.job.runtime import job

with job(snakemake):
    manifest = read_manifest(snakemake.input.manifest)
    split = split_by_group(manifest, snakemake.params.valid_share, snakemake.params.seed)
    write_csv(snakemake.output.split, split)
