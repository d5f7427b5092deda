from practical_dl.optimizers.workbook import optimizer_workbook
from practical_dl.runtime import job
from practical_dl.workbooks import write_workbook

with job(snakemake):
    params = snakemake.params
    settings = {"lecture": params.lecture, "papers": params.papers}
    write_workbook(snakemake.output.workbook, optimizer_workbook(settings, params.epochs))
