from practical_dl.images.ensemble.members import folds_of, write_member
from practical_dl.images.features.reduced import read_reduced, read_test
from practical_dl.images.folds.linear import fit_linear_folds, region_means
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    manifest = read_manifest(snakemake.input.manifest)
    dealt = read_folds(snakemake.input.folds, manifest)
    name = snakemake.wildcards.features
    rows, maps = read_reduced(snakemake.input.labelled, name)
    test_rows, test_maps = read_test(snakemake.input.test, name, maps)
    features, test = region_means([maps, test_maps], params.regions)
    fold = folds_of(list(rows["image_id"]), dealt)
    labels = rows["label"].to_numpy()
    predicted = fit_linear_folds(features, labels, fold, test, params.strength, log)
    write_member(dict(snakemake.output.items()), rows, test_rows, class_names(manifest), predicted)
