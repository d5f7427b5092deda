import pandas as pd

from practical_dl.files.artefacts import read_csv, write_text
from practical_dl.job.runtime import job
from practical_dl.overview.comparison import COLUMNS
from practical_dl.overview.front_page import front_page
from practical_dl.overview.references import read_references

with job(snakemake):
    table = read_csv(snakemake.input.comparison, COLUMNS)
    numbers = ["value", "ci_low", "ci_high", "n"]
    table[numbers] = table[numbers].apply(pd.to_numeric)
    ran = dict(snakemake.params.ran)
    demos = {tuple(names) for names in snakemake.params.demos}
    write_text(snakemake.output.page, front_page(table, read_references(), ran, demos))
