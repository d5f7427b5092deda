from practical_dl.files.artefacts import write_csv
from practical_dl.images.ensemble.members import read_ensemble
from practical_dl.images.ensemble.tuning import Choices
from practical_dl.images.folds.folded import read_members
from practical_dl.images.hidden_groups.comparison import compare, with_truth
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.job.runtime import job

with job(snakemake):
    params, found = snakemake.params, snakemake.input
    ensemble = read_ensemble(found.manifest, found.folds, found.neighbours, found.out_of_fold)
    known, hidden = read_members(found.out_of_fold), read_members(found.test)
    members = dict(zip(params.members, zip(known, hidden, strict=True), strict=True))
    truth = with_truth(hidden[0], read_manifest(found.truth))
    draw, choices = int(snakemake.wildcards.draw), Choices(**params.choices)
    table = compare(draw, ensemble, members, choices, truth, params.seed)
    write_csv(snakemake.output.compared, table)
