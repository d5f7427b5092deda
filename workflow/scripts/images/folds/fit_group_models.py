from practical_dl.files.artefacts import write_csv
from practical_dl.files.predictions import class_frame
from practical_dl.images.ensemble.members import folds_of
from practical_dl.images.features.reduced import read_reduced
from practical_dl.images.folds.group_models import group_model_predictions
from practical_dl.images.folds.linear import FLOOR_STRENGTH
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job

with job(snakemake) as log:
    manifest = read_manifest(snakemake.input.manifest)
    classes = class_names(manifest)
    dealt = read_folds(snakemake.input.folds, manifest)
    rows, features = read_reduced(snakemake.input.labelled, "average")
    ids, groups = list(rows["image_id"]), list(rows["group"])
    labels = rows["label"].to_numpy()
    predicted = group_model_predictions(
        features, labels, rows["group"].to_numpy(), folds_of(ids, dealt), FLOOR_STRENGTH, log
    )
    true = [classes[label] for label in labels]
    write_csv(snakemake.output.predictions, class_frame(ids, groups, true, classes, predicted))
