import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.best_amounts import read_best_amounts, write_best
from practical_dl.images.augmentation.sweep import (
    NUMBERS,
    TEXTS,
    TOGETHER,
    best_content,
    evidence_of_type,
    with_choice,
)
from practical_dl.images.sample.trainings import read_runs
from practical_dl.job.runtime import job

with job(snakemake) as log:
    together = read_runs(snakemake.input.together)
    control = read_runs(snakemake.input.none)
    evidence = evidence_of_type(TOGETHER, together, control, snakemake.params.seed)
    chosen = with_choice(pd.DataFrame(evidence))
    levels = read_best_amounts(snakemake.input.levels)
    write_csv(snakemake.output.evidence, chosen[[*TEXTS, *NUMBERS]])
    write_best(snakemake.output.best, best_content(levels, chosen))
