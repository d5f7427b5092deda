from pathlib import Path

from practical_dl.files.artefacts import read_json, write_csv
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pseudo_labels.choice import Setting
from practical_dl.images.pseudo_labels.folds import read_folds_rounds
from practical_dl.images.pseudo_labels.scores import progress_table, score_table
from practical_dl.job.runtime import job

with job(snakemake):
    params = snakemake.params
    manifest = read_manifest(snakemake.input.manifest)
    roots = [read_json(path, ["root"])["root"] for path in snakemake.input.source]
    truth = [Path(root) / "truth.csv" for root in roots]
    folds = read_folds_rounds(manifest, snakemake.input.roles, snakemake.input.rounds, truth)
    settings = [Setting(**record) for record in params.settings]
    write_csv(snakemake.output.scores, score_table(folds, settings, params.seed))
    write_csv(snakemake.output.progress, progress_table(folds, settings))
