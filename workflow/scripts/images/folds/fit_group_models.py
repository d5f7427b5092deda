from practical_dl.files.artefacts import write_csv
from practical_dl.images.folds.folded import read_folded
from practical_dl.images.folds.group_models import group_model_predictions
from practical_dl.images.folds.linear import FLOOR_C
from practical_dl.job.runtime import job

with job(snakemake) as log:
    found = snakemake.input
    folded, features, _ = read_folded(found.manifest, found.folds, found.labelled, [], "average")
    groups = folded.rows["group"].to_numpy()
    predicted = group_model_predictions(features, folded.labels, groups, folded.fold, FLOOR_C, log)
    write_csv(snakemake.output.predictions, folded.frame(predicted))
