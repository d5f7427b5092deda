from practical_dl.images.ensemble.members import folds_of, write_member
from practical_dl.images.features.reduced import read_reduced, read_test
from practical_dl.images.folds.linear import FLOOR_STRENGTH, fit_linear_folds
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job

with job(snakemake) as log:
    manifest = read_manifest(snakemake.input.manifest)
    classes = class_names(manifest)
    dealt = read_folds(snakemake.input.folds, manifest)
    rows, features = read_reduced(snakemake.input.labelled, "average")
    test_rows, test = read_test(snakemake.input.test, "average", features)
    fold = folds_of(list(rows["image_id"]), dealt)
    labels = rows["label"].to_numpy()
    predicted = fit_linear_folds(features, labels, fold, test, FLOOR_STRENGTH, log)
    write_member(dict(snakemake.output.items()), rows, test_rows, classes, predicted)
