from practical_dl.images.ensemble.members import folds_of, write_member
from practical_dl.images.features.reduced import read_reduced, read_test
from practical_dl.images.networks.grid import read_point
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job

with job(snakemake) as log:
    from practical_dl.images.folds.fitting import Material, Recipe, fit_folds

    params = snakemake.params
    manifest = read_manifest(snakemake.input.manifest)
    classes = class_names(manifest)
    dealt = read_folds(snakemake.input.folds, manifest)
    point = read_point(snakemake.wildcards)
    name = "centred" if point.features == "centred" else "plain"
    rows, clean = read_reduced(snakemake.input.labelled, name)
    passes = [read_reduced(path, name)[1] for path in snakemake.input.passes]
    test_rows, test = read_test(snakemake.input.test, name, clean)
    fold = folds_of(list(rows["image_id"]), dealt)
    tests = [test, *(read_reduced(path, name)[1] for path in snakemake.input.test_passes)]
    predicted_versions = 1 + len(passes) if params.test_passes else 1
    material = Material(
        [clean, *passes], rows["label"].to_numpy(), fold, len(classes), tests, predicted_versions
    )
    recipe = Recipe(params.schedule, params.optimizer, params.batch_size)
    seeds = [params.seed + number for number in range(params.seeds)]
    predicted = fit_folds(material, point, recipe, seeds, log)
    write_member(dict(snakemake.output.items()), rows, test_rows, classes, predicted)
