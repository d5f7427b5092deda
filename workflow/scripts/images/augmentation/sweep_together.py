from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.best_amounts import read_best_amounts
from practical_dl.images.augmentation.sweep import at_strength
from practical_dl.images.sample.store import read_sample_pictures, shrunk_sample
from practical_dl.job.runtime import job

with job(snakemake) as log:
    from practical_dl.images.augmentation.cross_validated import cross_validated_runs
    from practical_dl.images.sample.fitting import Recipe

    params = snakemake.params
    levels = read_best_amounts(snakemake.input.levels)
    runs = cross_validated_runs(
        shrunk_sample(read_sample_pictures(snakemake.input.pictures), params.shrink),
        {str(strength): at_strength(levels, strength) for strength in params.strengths},
        params.folds,
        params.repeats,
        Recipe("conv1", params.schedule, params.batch_size),
        params.seed,
        log,
    )
    write_csv(snakemake.output.runs, runs)
