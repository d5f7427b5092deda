from practical_dl.images.folds.folded import read_members
from practical_dl.images.pages.controls import meta_data_page
from practical_dl.images.pictures.manifest import labelled_rows, read_manifest
from practical_dl.images.titles import VARIANTS
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page

with job(snakemake):
    members = read_members([snakemake.input[name] for name in VARIANTS])
    models = dict(zip(VARIANTS, members, strict=True))
    labelled = labelled_rows(read_manifest(snakemake.input.manifest))
    page = meta_data_page(models, labelled, snakemake.params.seed)
    write_page(snakemake.output.meta_data, page)
