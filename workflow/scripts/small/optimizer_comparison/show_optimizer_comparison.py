from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page
from practical_dl.small.optimizer_comparison.trial_page import joined_table, trial_page
from practical_dl.training.trials import read_fits, read_rows

with job(snakemake):
    params, input = snakemake.params, snakemake.input
    fits, rows = map(read_fits, input.fits), map(read_rows, input.rows)
    table = joined_table(params.sets, fits, rows, params.seed)
    write_csv(snakemake.output.table, table)
    write_page(snakemake.output.page, trial_page(table))
