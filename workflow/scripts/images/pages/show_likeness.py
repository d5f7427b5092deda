from practical_dl.files.artefacts import write_text
from practical_dl.images.hidden_groups.likeness import read_likeness
from practical_dl.images.pages.estimate import likeness_page
from practical_dl.job.runtime import job

with job(snakemake):
    page = likeness_page(read_likeness(snakemake.input.likeness))
    write_text(snakemake.output.likeness, page)
