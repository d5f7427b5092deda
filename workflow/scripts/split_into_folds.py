from practical_dl.artefacts import write_csv
from practical_dl.images.manifest import read_manifest
from practical_dl.images.splits import folds
from practical_dl.runtime import job

with job(snakemake):
    manifest = read_manifest(snakemake.input.manifest)
    dealt = folds(manifest, snakemake.params.folds, snakemake.params.seed)
    write_csv(snakemake.output.folds, dealt)
