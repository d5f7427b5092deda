import pandas as pd

from practical_dl.files.artefacts import read_csv, write_csv, write_text
from practical_dl.job.runtime import job
from practical_dl.overview.comparison import COLUMNS, as_html

with job(snakemake):
    tables = [read_csv(path, COLUMNS) for path in snakemake.input.comparisons]
    table = pd.concat(tables, ignore_index=True)
    numbers = ["value", "ci_low", "ci_high", "n", "seconds"]
    table[numbers] = table[numbers].apply(pd.to_numeric)
    write_csv(snakemake.output.comparison, table)
    write_text(snakemake.output.page, as_html(table))
