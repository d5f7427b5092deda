from practical_dl.files.artefacts import read_csv, write_text
from practical_dl.images.pages.sample_answers import statistics_answer, statistics_table
from practical_dl.images.pages.sample_pages import question_page
from practical_dl.images.pages.sample_plots import statistics_figure
from practical_dl.job.runtime import job

COLUMNS = ["seed", "epoch", "statistics", "log_loss", "accuracy"]
DTYPES = {"seed": int, "epoch": int, "log_loss": float, "accuracy": float}

with job(snakemake):
    scores = read_csv(snakemake.input.scores, COLUMNS, DTYPES)
    page = question_page(
        "When can a validation score of a network with batch normalisation be believed?",
        statistics_answer(scores),
        statistics_figure(scores),
        "Validation scores by epoch and by whose statistics they use; thin lines: single trainings",
        statistics_table(scores),
    )
    write_text(snakemake.output.page, page)
