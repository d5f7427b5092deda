from pathlib import Path

from practical_dl.files.artefacts import read_json, write_text
from practical_dl.images.pages.pseudo_pages import distillation_answer, learner_table
from practical_dl.images.pages.sample_plots import interval_figure
from practical_dl.images.pictures.manifest import commonest_share, labelled_rows, read_manifest
from practical_dl.images.pseudo_labels.model_speed import read_speed
from practical_dl.job.runtime import job
from practical_dl.report.page import page, paragraph, picture, table
from practical_dl.report.wording import guessing

EXPLANATION = (
    "All three are scored on drivers whose labels they never saw, fold by fold. The teacher is the "
    "head of the page on pseudo-labels that saw none, a small one on the features of a large "
    "network, averaged over its seeds; its size and speed are those of that network. Both small "
    "networks see the same labelled pictures in the same batches. Speed is measured here, the "
    "fastest batch on noise."
)

with job(snakemake):
    reports = {Path(path).stem: read_json(path, ["scores"]) for path in snakemake.input.metrics}
    gain = read_json(snakemake.input.gain, ["scores"])
    speed = read_speed(snakemake.input.speed)
    shown = {report["model"]: {"": report["scores"]["accuracy"]} for report in reports.values()}
    manifest = read_manifest(snakemake.input.manifest)
    chance = guessing(commonest_share(manifest))
    classes = labelled_rows(manifest)["label"].nunique()
    blocks = [
        picture(interval_figure(shown, "accuracy on unseen drivers"), "Teacher and pupils"),
        table(learner_table(reports, speed)),
        paragraph(f"{chance} {EXPLANATION}"),
    ]
    answer = distillation_answer(reports, gain, speed, snakemake.params.temperature, classes)
    title = "Can a small network learn from a large one?"
    write_text(snakemake.output.page, page(title, answer, blocks))
