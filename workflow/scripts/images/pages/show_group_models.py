from practical_dl.images.folds.folded import read_members
from practical_dl.images.pages.controls import group_models_page
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page

with job(snakemake):
    each, together = read_members([snakemake.input.each, *snakemake.input.together])
    page = group_models_page(each, together, snakemake.params.seed)
    write_page(snakemake.output.group_models, page)
