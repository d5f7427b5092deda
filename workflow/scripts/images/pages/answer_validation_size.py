from practical_dl.files.artefacts import write_text
from practical_dl.images.augmentation.sweep import best_looking, read_evidence
from practical_dl.images.pages.sample_answers import validation_size_answer, validation_size_shown
from practical_dl.images.pages.sample_pages import question_page
from practical_dl.images.pages.sample_plots import validation_size_figure
from practical_dl.images.pictures.changes import NONE
from practical_dl.images.sample.trainings import paired_rows, read_runs, row_scores
from practical_dl.images.sample.validation_size import spread_table
from practical_dl.job.runtime import job

with job(snakemake):
    params = snakemake.params
    control = row_scores(read_runs(snakemake.input.none), NONE)
    kind, level = best_looking(read_evidence(snakemake.input.evidence))
    path = dict(zip(params.types, snakemake.input.types, strict=True))[kind]
    differences = paired_rows(row_scores(read_runs(path), level), control)
    table = spread_table(control, differences, params.sizes, params.draws, params.seed)
    page = question_page(
        "How big must the validation set be?",
        validation_size_answer(table, control, f"{kind} {level}", params.difference),
        validation_size_figure(table, params.difference),
        "Spread of a score from draw to draw, and the difference it can tell, by size of the set",
        validation_size_shown(table),
    )
    write_text(snakemake.output.page, page)
