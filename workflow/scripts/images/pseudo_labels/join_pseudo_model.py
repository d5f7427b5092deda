from practical_dl.images.ensemble.members import write_member
from practical_dl.images.folds.fold_predictions import FoldPredictions
from practical_dl.images.pictures.manifest import (
    class_names,
    labelled_rows,
    read_manifest,
    unlabelled_rows,
)
from practical_dl.images.pseudo_labels.folds import read_folds_rounds
from practical_dl.images.pseudo_labels.scores import joined
from practical_dl.job.runtime import job

with job(snakemake):
    manifest = read_manifest(snakemake.input.manifest)
    classes = class_names(manifest)
    folds = read_folds_rounds(manifest, snakemake.input.roles, snakemake.input.last)
    rows, tests = labelled_rows(manifest), unlabelled_rows(manifest)
    codes = {name: number for number, name in enumerate(classes)}
    known = rows[["image_id", "group"]].assign(label=rows["label"].map(codes))
    of_test = tests[["image_id", "group"]]
    out, test = joined(folds, snakemake.wildcards.pool, len(rows) + len(tests), len(rows))
    predicted = FoldPredictions(out, out, test)
    write_member(dict(snakemake.output.items()), known, of_test, classes, predicted)
