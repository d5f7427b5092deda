from practical_dl.files.artefacts import write_text
from practical_dl.images.ensemble.members import read_members
from practical_dl.images.pages.control_pages import against_control, group_models_answer
from practical_dl.job.runtime import job
from practical_dl.report.page import page, table

EACH, TOGETHER = "one model a group, averaged", "one model of all groups"

with job(snakemake):
    seed = snakemake.params.seed
    each, together = read_members([snakemake.input.each, snakemake.input.together])
    models = {EACH: each, TOGETHER: together}
    answer = group_models_answer(each, together, seed)
    blocks = [table(against_control(models, TOGETHER, seed))]
    title = "Is one model a driver, averaged, as good as one model of all?"
    write_text(snakemake.output.page, page(title, answer, blocks))
