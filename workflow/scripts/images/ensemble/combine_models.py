from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.images.ensemble.chain import apply_chain
from practical_dl.images.ensemble.members import (
    folds_of,
    frame_with,
    in_row_order,
    labels_by_fold,
    parts_by_fold,
    read_members,
    whole_part,
)
from practical_dl.images.ensemble.tuning import Choices, cross_fitted, tune
from practical_dl.images.features.look_alikes import read_neighbours
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job

with job(snakemake) as log:
    measured = Choices.of(snakemake.params)
    choices = measured.only(measured.steps())
    members = read_members(snakemake.input.out_of_fold)
    tests = read_members(snakemake.input.test)
    dealt = read_folds(snakemake.input.folds, read_manifest(snakemake.input.manifest))
    near, near_test = read_neighbours(snakemake.input.neighbours)
    first = members[0]
    fold = folds_of(first.ids, dealt)
    parts = parts_by_fold(members, fold, near)
    labels = labels_by_fold(first, fold)
    predicted = in_row_order(cross_fitted(parts, labels, choices), fold)
    tuned = tune(list(parts.values()), list(labels.values()), choices)
    answer = apply_chain(whole_part(tests, near_test), tuned)
    write_csv(snakemake.output.out_of_fold, frame_with(first, predicted))
    write_csv(snakemake.output.test, frame_with(tests[0], answer))
    weights = dict(zip(snakemake.params.members, tuned.weights, strict=True))
    write_json(snakemake.output.tuned, {**vars(tuned), "weights": weights})
