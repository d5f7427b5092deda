from practical_dl.files.artefacts import write_text
from practical_dl.images.pages.ladder_page import (
    overfitting_answer,
    step_figure,
    step_table,
    unchanged_note,
)
from practical_dl.images.plan.rungs import Rung, ladder_table
from practical_dl.job.runtime import job
from practical_dl.report.page import page, paragraph, picture, table

TITLE = "What do the five steps against overfitting give, in their order?"

with job(snakemake):
    params = snakemake.params
    steps = ladder_table([Rung(*rung) for rung in params.steps], params.seed)
    blocks = []
    if len(steps):
        blocks += [
            picture(
                step_figure(steps), "Each step's log loss minus its control's, with its interval"
            ),
            table(step_table(steps)),
        ]
        note = unchanged_note(steps)
        blocks += [paragraph(note)] if note else []
    write_text(snakemake.output.page, page(TITLE, overfitting_answer(steps), blocks))
