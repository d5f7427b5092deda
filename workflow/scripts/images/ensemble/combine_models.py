from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.images.ensemble.combination import balance_note, combine
from practical_dl.images.ensemble.members import read_ensemble
from practical_dl.images.ensemble.tuning import Choices
from practical_dl.images.folds.folded import frame_with, read_members
from practical_dl.job.runtime import job

with job(snakemake) as log:
    found, output = snakemake.input, snakemake.output
    measured = Choices(**snakemake.params.choices)
    members = read_ensemble(found.manifest, found.folds, found.neighbours, found.members)
    tests = read_members(found.test)
    combined = combine(members, tests, measured.only(measured.steps()))
    note = balance_note(combined, measured.steps())
    if note is not None:
        log.show(note)
    out_of_fold, answer = combined.predicted(measured.steps())
    write_csv(output.out_of_fold, frame_with(members.first, out_of_fold))
    write_csv(output.test, frame_with(tests[0], answer))
    weights = dict(zip(snakemake.params.members, combined.tuned.weights, strict=True))
    write_json(output.tuned, {**vars(combined.tuned), "weights": weights})
