from practical_dl.files.artefacts import write_csv
from practical_dl.images.pages.ladder import ladder_page
from practical_dl.images.pages.overfitting import overfitting_page
from practical_dl.images.plan.rungs import Rung, located
from practical_dl.images.scores.ladder import ladder_table
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page

with job(snakemake):
    params, found, output = snakemake.params, snakemake.input, snakemake.output
    rungs = located([Rung(*rung) for rung in params.rungs], found.rungs)
    steps = located([Rung(*step) for step in params.steps], found.steps)
    ladder = ladder_table(rungs, params.seed)
    write_csv(output.table, ladder)
    write_page(output.ladder, ladder_page(ladder, **params.notes))
    write_page(output.overfitting, overfitting_page(ladder_table(steps, params.seed)))
