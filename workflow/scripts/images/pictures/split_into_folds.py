from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.given_splits import folds_as_given, has_given_folds
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import folds
from practical_dl.job.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    manifest = read_manifest(snakemake.input.manifest)
    if params.given == "use" and has_given_folds(manifest):
        log.show("the source's own folds are used; split.given: ignore makes others")
        dealt = folds_as_given(manifest, params.folds)
    else:
        dealt = folds(manifest, params.folds, params.seed)
    write_csv(snakemake.output.folds, dealt)
