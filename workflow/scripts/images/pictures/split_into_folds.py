from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import folds
from practical_dl.job.runtime import job

with job(snakemake):
    manifest = read_manifest(snakemake.input.manifest)
    dealt = folds(manifest, snakemake.params.folds, snakemake.params.seed)
    write_csv(snakemake.output.folds, dealt)
