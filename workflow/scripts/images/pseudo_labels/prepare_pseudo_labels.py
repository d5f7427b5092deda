from practical_dl.files.artefacts import write_csv
from practical_dl.images.features.reduced import read_reduced, read_test
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.images.pseudo_labels.material import deal_roles, write_pictures
from practical_dl.job.runtime import job

with job(snakemake):
    params, found = snakemake.params, snakemake.input
    shown = params.shown
    rows, maps = read_reduced(found.labelled, shown["features"])
    test_rows, test_maps = read_test(found.test, shown["features"], maps)
    parts = [
        (part, values[..., : shown["components"]])
        for part, values in ((rows, maps), (test_rows, test_maps))
    ]
    write_pictures(snakemake.output.pictures, parts, shown["regions"])
    manifest = read_manifest(found.manifest)
    folds = read_folds(found.folds, manifest)
    for fold, path in enumerate(snakemake.output.roles):
        write_csv(path, deal_roles(manifest, folds, fold, params.seed))
