from practical_dl.files.workbooks import write_workbook
from practical_dl.job.runtime import job
from practical_dl.small.optimizers.workbook import optimizer_workbook

with job(snakemake):
    params = snakemake.params
    settings = {"lecture": params.lecture, "papers": params.papers}
    write_workbook(snakemake.output.workbook, optimizer_workbook(settings, params.epochs))
