from practical_dl.files.artefacts import write_csv
from practical_dl.images.features.backbones import read_description
from practical_dl.images.folds.folded import read_members
from practical_dl.images.pages.distillation import distillation_page
from practical_dl.images.pictures.manifest import commonest_share, read_manifest
from practical_dl.images.pseudo_labels.model_speed import Timed, open_timed, speed_table
from practical_dl.images.scores.scoring import class_scores
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.report.page import write_page
from practical_dl.report.wording import guessing
from practical_dl.scoring.gain import gain_scores

with job(snakemake):
    params, found = snakemake.params, snakemake.input
    description = read_description(found.description)
    pupil = read_description(found.pupil_description)
    if description["engine"] == "keras":
        configure_tensorflow(seed=0)
    files = {
        "teacher": Timed(found.teacher, description),
        "pupil": Timed(found.pupil, pupil),
    }
    speed = speed_table(open_timed(files, description["engine"], snakemake.threads))
    write_csv(snakemake.output.speed, speed)
    learners = dict(zip(params.learners, read_members(found.predictions), strict=True))
    scores = {name: class_scores(of, params.seed) for name, of in learners.items()}
    gain = gain_scores(learners["pupil_distilled"], learners["pupil_true"], params.seed)
    chance = guessing(commonest_share(read_manifest(found.manifest)))
    classes = len(learners["teacher"].classes)
    page = distillation_page(scores, gain, speed, params.temperature, classes, chance)
    write_page(snakemake.output.distillation, page)
