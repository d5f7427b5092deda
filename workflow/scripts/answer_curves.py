import pandas as pd

from practical_dl.artefacts import write_text
from practical_dl.images.curve_answers import curves_answer, curves_figure, curves_shown
from practical_dl.images.curves import curve_table
from practical_dl.images.runs import read_runs
from practical_dl.images.sample_pages import question_page
from practical_dl.images.sample_plan import AXES
from practical_dl.runtime import job

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
        curves_answer(table),
        curves_figure(table),
        "Accuracy with 95 % intervals; grey marks are the lowest and highest seed",
        curves_shown(table),
    )
    write_text(snakemake.output.page, page)
