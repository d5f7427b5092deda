from practical_dl.artefacts import read_json, write_text
from practical_dl.images.runs import read_setting_history
from practical_dl.images.sample_answers import (
    memorisation_answer,
    memorisation_curves,
    parameter_table,
)
from practical_dl.images.sample_pages import question_page
from practical_dl.images.sample_plots import curves_figure
from practical_dl.runtime import job

with job(snakemake):
    models = snakemake.params.models
    parameters = dict(zip(models, map(read_json, snakemake.input.models), strict=True))
    grouped = read_json(snakemake.input.grouped, ["scores"])
    curves = memorisation_curves(read_setting_history(snakemake.input.history))
    unseen = grouped["scores"]["accuracy"]["value"]
    page = question_page(
        "Does the network of two convolutions learn, or memorise?",
        memorisation_answer(curves, grouped, parameters["conv1"]["parameters"]),
        curves_figure(curves, "accuracy", {"validation groups, at the end": unseen}),
        "Accuracy by epoch; the dotted line is of groups never seen",
        parameter_table(parameters),
    )
    write_text(snakemake.output.page, page)
