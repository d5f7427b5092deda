from practical_dl.files.artefacts import write_csv
from practical_dl.files.predictions import class_frame
from practical_dl.images.ensemble.members import folds_of
from practical_dl.images.features.reduced import read_reduced
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    from practical_dl.images.folds.meta_data import Recipe, fit_variants, size_columns

    manifest = read_manifest(snakemake.input.manifest)
    classes = class_names(manifest)
    dealt = read_folds(snakemake.input.folds, manifest)
    rows, features = read_reduced(snakemake.input.labelled, "average")
    ids, groups, labels = list(rows["image_id"]), list(rows["group"]), rows["label"].to_numpy()
    columns = size_columns(manifest.set_index("image_id").loc[ids])
    recipe = Recipe(params.schedule, params.optimizer, params.batch_size)
    seeds = [params.seed + number for number in range(params.seeds)]
    fold = folds_of(ids, dealt)
    true = [classes[label] for label in labels]
    found = fit_variants(features, columns, labels, fold, recipe, seeds, log)
    for name, predicted in found.items():
        write_csv(snakemake.output[name], class_frame(ids, groups, true, classes, predicted))
