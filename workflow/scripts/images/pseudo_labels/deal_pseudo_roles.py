from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.images.pseudo_labels.material import deal_roles
from practical_dl.job.runtime import job

with job(snakemake):
    manifest = read_manifest(snakemake.input.manifest)
    folds = read_folds(snakemake.input.folds, manifest)
    roles = deal_roles(manifest, folds, int(snakemake.wildcards.fold), snakemake.params.seed)
    write_csv(snakemake.output.roles, roles)
