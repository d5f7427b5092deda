from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.best_amounts import write_best
from practical_dl.images.augmentation.cross_validated import Sweep, cross_validated_runs
from practical_dl.images.augmentation.extremes import extremes, write_extremes
from practical_dl.images.augmentation.sweep import (
    at_strengths,
    best_content,
    evidence_of,
    levels_content,
)
from practical_dl.images.pictures.augmentation import TOGETHER
from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.images.sample.trainings import read_runs
from practical_dl.job.runtime import job

with job(snakemake) as log:
    found, params, made = snakemake.input, snakemake.params, snakemake.output
    levels = dict(params.levels)
    sample, control = read_sample_pictures(found.pictures), read_runs(found.none)
    write_extremes(made.extremes, extremes(sample.pictures[0], levels))
    runs = dict(zip(levels, map(read_runs, found.types), strict=True))
    evidence = evidence_of(runs, control, params.seed)
    chosen = levels_content(evidence)
    write_csv(made.evidence, evidence)
    write_best(made.levels, chosen)
    log.info(f"chosen: {chosen['amounts'] or 'nothing beats no augmentation'}")
    settings = at_strengths(chosen["amounts"], params.strengths)
    sweep = Sweep(**params.sweep, batch_size=params.batch_size)
    write_csv(made.together, cross_validated_runs(sample, settings, sweep, params.seed, log))
    of_strengths = evidence_of({TOGETHER: read_runs(made.together)}, control, params.seed)
    write_csv(made.evidence_together, of_strengths)
    write_best(made.best, best_content(chosen["amounts"], of_strengths))
