from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.cross_validated import cross_validated_runs
from practical_dl.images.augmentation.sweep import settings_of_type
from practical_dl.images.sample.store import read_sample_pictures, shrunk_sample
from practical_dl.job.runtime import job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, sweep = snakemake.params, snakemake.params.sweep
    runs = cross_validated_runs(
        shrunk_sample(read_sample_pictures(snakemake.input.pictures), sweep["shrink"]),
        settings_of_type(snakemake.wildcards.augmentation, params.levels),
        sweep["folds"],
        sweep["repeats"],
        Recipe(sweep["schedule"], params.batch_size),
        params.seed,
        log,
    )
    write_csv(snakemake.output.runs, runs)
