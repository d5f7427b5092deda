from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.images.ensemble.chain import apply_chain
from practical_dl.images.ensemble.members import in_row_order, read_ensemble, whole_part
from practical_dl.images.ensemble.tuning import Choices, cross_fitted, tune
from practical_dl.images.folds.folded import frame_with, read_members
from practical_dl.job.runtime import job

with job(snakemake):
    found, output = snakemake.input, snakemake.output
    measured = Choices(**snakemake.params.choices)
    choices = measured.only(measured.steps())
    members = read_ensemble(found.manifest, found.folds, found.neighbours, found.members)
    by_fold = cross_fitted(members.parts, members.labels, choices)
    tuned = tune(list(members.parts.values()), list(members.labels.values()), choices)
    tests = read_members(found.test)
    answer = apply_chain(whole_part(tests, members.test_neighbours), tuned)
    predicted = in_row_order(by_fold, members.fold)
    write_csv(output.out_of_fold, frame_with(members.first, predicted))
    write_csv(output.test, frame_with(tests[0], answer))
    weights = dict(zip(snakemake.params.members, tuned.weights, strict=True))
    write_json(output.tuned, {**vars(tuned), "weights": weights})
