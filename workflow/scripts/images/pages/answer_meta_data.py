from practical_dl.files.artefacts import write_text
from practical_dl.images.ensemble.members import read_members
from practical_dl.images.folds.meta_data import VARIANTS
from practical_dl.images.pages.control_pages import against_control, meta_data_answer
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.job.runtime import job
from practical_dl.report.page import page, table

with job(snakemake):
    seed = snakemake.params.seed
    members = read_members([snakemake.input[name] for name in VARIANTS])
    models = dict(zip(VARIANTS, members, strict=True))
    labelled = read_manifest(snakemake.input.manifest).query("label != ''")
    varies = bool((labelled[["width", "height"]].nunique() > 1).any())
    answer = meta_data_answer(models, varies, seed)
    blocks = [table(against_control(models, "without", seed))]
    title = "Does the size of a picture, as a second input, tell its class?"
    write_text(snakemake.output.page, page(title, answer, blocks))
