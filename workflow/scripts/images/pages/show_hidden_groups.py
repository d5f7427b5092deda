import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.hidden_groups.comparison import read_compared, summary
from practical_dl.images.pages.estimate import hidden_groups_page
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page

with job(snakemake):
    output = snakemake.output
    compared = pd.concat([read_compared(path) for path in snakemake.input.compared])
    found = summary(compared)
    write_csv(output.compared, compared)
    write_csv(output.summary, found)
    write_page(output.hidden_groups, hidden_groups_page(compared, found))
