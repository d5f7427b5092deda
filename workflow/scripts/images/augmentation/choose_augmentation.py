from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.best_amounts import write_best
from practical_dl.images.augmentation.cross_validated import cross_validated_runs
from practical_dl.images.augmentation.extremes import extremes, write_extremes
from practical_dl.images.augmentation.sweep import (
    at_strengths,
    best_content,
    evidence_of,
    levels_content,
)
from practical_dl.images.pictures.augmentation import TOGETHER
from practical_dl.images.sample.store import read_sample_pictures, shrunk_sample
from practical_dl.images.sample.trainings import read_runs
from practical_dl.job.runtime import job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    found, params, made = snakemake.input, snakemake.params, snakemake.output
    sweep, levels = params.sweep, dict(params.levels)
    sample, control = read_sample_pictures(found.pictures), read_runs(found.none)
    write_extremes(made.extremes, extremes(sample.pictures[0], levels))
    runs = dict(zip(levels, map(read_runs, found.types), strict=True))
    evidence = evidence_of(runs, control, params.seed)
    chosen = levels_content(evidence)
    write_csv(made.evidence, evidence)
    write_best(made.levels, chosen)
    log.info(f"chosen: {chosen['amounts'] or 'nothing beats no augmentation'}")
    together = cross_validated_runs(
        shrunk_sample(sample, sweep["shrink"]),
        at_strengths(chosen["amounts"], sweep["strengths"]),
        sweep["folds"],
        sweep["repeats"],
        Recipe(sweep["schedule"], params.batch_size),
        params.seed,
        log,
    )
    write_csv(made.together, together)
    of_strengths = evidence_of({TOGETHER: read_runs(made.together)}, control, params.seed)
    write_csv(made.evidence_together, of_strengths)
    write_best(made.best, best_content(chosen["amounts"], of_strengths))
