from practical_dl.files.artefacts import write_csv, write_text
from practical_dl.images.pages.ladder_page import (
    ladder_answer,
    ladder_figure,
    shown_table,
    unchanged_note,
)
from practical_dl.images.plan.rungs import Rung, ladder_table
from practical_dl.job.runtime import job
from practical_dl.report.page import page, paragraph, picture, table

ORIGINAL = "The original's figures are a guide: it was scored on other pictures than these."
BOARD = "So are the places on the competition's board, which are by its own test pictures."
CONTROLS = (
    "Rungs are scored on the pictures named, a control on those that both predicted. A rung need "
    "not beat the one below it: its control is what counts."
)
FITS = (
    "The two linear rungs of the sample are the fits of the page on learning rates: they train "
    "on all training pictures and keep the last epoch. The two convolutions, held against the "
    "second of them, train on fewer: they hold groups out to choose their epoch."
)
PSEUDO_LABELS = (
    "The rung of pseudo-labels of the test is a small head, shortly trained, as on the page on "
    "pseudo-labels, where many settings are compared: it stands lower than the other heads, and "
    "only its control says what pseudo-labels give. Its seeds predict together here and one by "
    "one there, so that the gains differ."
)

with job(snakemake):
    params = snakemake.params
    ladder = ladder_table([Rung(*rung) for rung in params.rungs], params.seed)
    notes = [
        ORIGINAL if ladder["original_accuracy"].notna().any() else "",
        BOARD if params.of_competition else "",
        unchanged_note(ladder),
        FITS if params.on_sample else "",
        PSEUDO_LABELS if params.on_test_pool else "",
    ]
    blocks = [
        picture(ladder_figure(ladder), "The ladder, from the bottom up"),
        table(shown_table(ladder, params.of_competition)),
        paragraph(CONTROLS),
    ]
    blocks += [paragraph(note) for note in notes if note]
    write_csv(snakemake.output.ladder, ladder)
    write_text(
        snakemake.output.page,
        page("What does each rung of the ladder give?", ladder_answer(ladder), blocks),
    )
