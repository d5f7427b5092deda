import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.augmentation.best_amounts import write_best
from practical_dl.images.augmentation.sweep import (
    NUMBERS,
    TEXTS,
    evidence_of_type,
    levels_content,
    with_choice,
)
from practical_dl.images.sample.trainings import read_runs
from practical_dl.job.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    control = read_runs(snakemake.input.none)
    rows = [
        row
        for name, path in zip(params.types, snakemake.input.types, strict=True)
        for row in evidence_of_type(name, read_runs(path), control, params.seed)
    ]
    evidence = with_choice(pd.DataFrame(rows))
    write_csv(snakemake.output.evidence, evidence[[*TEXTS, *NUMBERS]])
    levels = levels_content(evidence)
    write_best(snakemake.output.levels, levels)
    log.info(f"chosen: {levels['amounts'] or 'nothing beats no augmentation'}")
