from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.images.folds.folded import folds_of, frame_with, read_members
from practical_dl.images.folds.selection import Heads, score_heads, select
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job

with job(snakemake) as log:
    params, found, output = snakemake.params, snakemake.input, snakemake.output
    read = [read_members(found[name]) for name in ("out_of_fold", "first_seed", "clean", "test")]
    heads = Heads(params.names, *read)
    first = heads.out_of_fold[0]
    fold = folds_of(list(first.ids), read_folds(found.folds, read_manifest(found.manifest)))
    selection = select(heads, fold)
    scores, gains = score_heads(heads, params.seed)
    write_csv(output.out_of_fold, frame_with(first, selection.out_of_fold))
    write_csv(output.first_seed, frame_with(first, selection.first_seed))
    write_csv(output.test, frame_with(selection.test, selection.test.probabilities))
    write_csv(output.scores, scores)
    write_csv(output.gains, gains)
    choice = {"selected": selection.selected, "without_fold": dict(selection.without_fold)}
    write_json(output.choice, choice)
    log.show(f"selected: {selection.selected}")
