from practical_dl.files.artefacts import read_json, write_text
from practical_dl.images.pages.sample_answers import (
    memorisation_answer,
    memorisation_curves,
    memorisation_table,
)
from practical_dl.images.pages.sample_pages import question_page
from practical_dl.images.pages.sample_plots import curves_figure
from practical_dl.images.sample.trainings import read_setting_history
from practical_dl.job.runtime import job

DRAWN = "conv1"

with job(snakemake):
    names, found = snakemake.params.models, snakemake.input
    models = dict(zip(names, map(read_json, found.models), strict=True))
    histories = dict(zip(names, map(read_setting_history, found.histories), strict=True))
    grouped = {
        name: read_json(path, ["scores"]) for name, path in zip(names, found.grouped, strict=True)
    }
    curves = memorisation_curves(histories[DRAWN])
    unseen = grouped[DRAWN]["scores"]["accuracy"]["value"]
    page = question_page(
        "Does the network of two convolutions learn, or memorise?",
        memorisation_answer(curves, grouped[DRAWN], models[DRAWN]["parameters"]),
        curves_figure(curves, "accuracy", {"validation groups, at the end": unseen}),
        "Accuracy by epoch; the dotted line is of groups never seen",
        memorisation_table(models, histories, grouped),
    )
    write_text(snakemake.output.page, page)
