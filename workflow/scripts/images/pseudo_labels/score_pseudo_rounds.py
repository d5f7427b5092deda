from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.loading import source_root
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pseudo_labels.folds import read_folds_rounds
from practical_dl.images.pseudo_labels.scores import progress_table, score_table
from practical_dl.images.pseudo_labels.setting import Setting
from practical_dl.job.runtime import job

with job(snakemake):
    params, found = snakemake.params, snakemake.input
    truth = [source_root(path) / "truth.csv" for path in found.source]
    folds = read_folds_rounds(read_manifest(found.manifest), found.roles, found.rounds, truth)
    settings = [Setting(**record) for record in params.settings]
    write_csv(snakemake.output.scores, score_table(folds, settings, params.seed))
    write_csv(snakemake.output.progress, progress_table(folds, settings))
