from practical_dl.files.workbooks import write_workbook
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page
from practical_dl.small.optimizers.report_page import optimizers_page
from practical_dl.small.optimizers.tables import read_check, read_failures, read_paths, read_summary
from practical_dl.small.optimizers.workbook import optimizer_workbook

with job(snakemake):
    page = optimizers_page(
        read_paths(snakemake.input.paths),
        read_summary(snakemake.input.summary),
        read_failures(snakemake.input.failures),
        read_check(snakemake.input.check),
    )
    write_page(snakemake.output.page, page)
    workbook = optimizer_workbook(snakemake.params.methods, snakemake.params.epochs)
    write_workbook(snakemake.output.workbook, workbook)
