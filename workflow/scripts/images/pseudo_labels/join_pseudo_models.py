from practical_dl.images.folds.folded import write_member
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pseudo_labels.folds import known_rows, read_folds_rounds
from practical_dl.images.pseudo_labels.scores import as_model
from practical_dl.job.runtime import job

with job(snakemake):
    manifest = read_manifest(snakemake.input.manifest)
    folds = read_folds_rounds(manifest, snakemake.input.roles, snakemake.input.last)
    rows, tests, classes = known_rows(manifest)
    for number, name in enumerate(snakemake.params.names):
        predicted = as_model(folds, name.removeprefix("pseudo_"), len(rows), len(tests))
        output = {kind: paths[number] for kind, paths in snakemake.output.items()}
        write_member(output, rows, tests, classes, predicted)
