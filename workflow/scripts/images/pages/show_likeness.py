from practical_dl.images.hidden_groups.likeness import read_likeness
from practical_dl.images.pages.estimate import likeness_page
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page

with job(snakemake):
    page = likeness_page(read_likeness(snakemake.input.likeness))
    write_page(snakemake.output.likeness, page)
