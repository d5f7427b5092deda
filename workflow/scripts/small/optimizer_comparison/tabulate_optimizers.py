import pandas as pd

from practical_dl.files.artefacts import write_csv, write_text
from practical_dl.job.runtime import job
from practical_dl.small.optimizer_comparison.trial_page import trial_page, trial_table
from practical_dl.training.trials import read_fits, read_rows

with job(snakemake):
    params = snakemake.params
    tables = [
        trial_table(pipeline, dataset, read_fits(fits), read_rows(rows), params.seed)
        for (pipeline, dataset), fits, rows in zip(
            params.sets, snakemake.input.fits, snakemake.input.rows, strict=True
        )
    ]
    table = pd.concat(tables, ignore_index=True)
    write_csv(snakemake.output.table, table)
    write_text(snakemake.output.page, trial_page(table))
