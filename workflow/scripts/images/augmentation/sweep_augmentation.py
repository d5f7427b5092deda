from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.changes import NONE
from practical_dl.images.sample.store import read_sample_pictures, shrunk_sample
from practical_dl.job.runtime import job

with job(snakemake) as log:
    from practical_dl.images.augmentation.cross_validated import cross_validated_runs
    from practical_dl.images.sample.fitting import Recipe

    params = snakemake.params
    kind = snakemake.wildcards.augmentation
    alone = {str(level): {kind: float(level)} for level in params.levels}
    runs = cross_validated_runs(
        shrunk_sample(read_sample_pictures(snakemake.input.pictures), params.shrink),
        {NONE: {}} if kind == NONE else alone,
        params.folds,
        params.repeats,
        Recipe("conv1", params.schedule, params.batch_size),
        params.seed,
        log,
    )
    write_csv(snakemake.output.runs, runs)
