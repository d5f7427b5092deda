import pandas as pd

from practical_dl.files.artefacts import write_text
from practical_dl.images.pages.curve_answers import curves_answer, curves_figure, curves_shown
from practical_dl.images.pages.sample_pages import question_page
from practical_dl.images.plan.sample import AXES
from practical_dl.images.sample.curves import curve_table
from practical_dl.images.sample.trainings import read_runs
from practical_dl.job.runtime import job

MADE_OF = (
    "The network is the one of two convolutions (conv1), trained longer than on the page on simple "
    "models; all curves but the last are on reduced pictures (sample: curves in the configuration)."
)

with job(snakemake):
    table = pd.concat(
        [
            curve_table(axis, read_runs(path), snakemake.params.seed)
            for axis, path in zip(AXES, snakemake.input.curves, strict=True)
        ],
        ignore_index=True,
    )
    page = question_page(
        "What limits the network from scratch?",
        f"{curves_answer(table)} {MADE_OF}",
        curves_figure(table),
        "Accuracy with 95 % intervals; grey marks are the lowest and highest seed",
        curves_shown(table),
    )
    write_text(snakemake.output.page, page)
