from practical_dl.artefacts import write_text
from practical_dl.optimizers.report_page import optimizers_page
from practical_dl.optimizers.tables import read_check, read_failures, read_paths, read_summary
from practical_dl.runtime import job

with job(snakemake):
    page = optimizers_page(
        read_paths(snakemake.input.paths),
        read_summary(snakemake.input.summary),
        read_failures(snakemake.input.failures),
        read_check(snakemake.input.check),
    )
    write_text(snakemake.output.page, page)
