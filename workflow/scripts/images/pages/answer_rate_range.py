from practical_dl.files.artefacts import read_csv, write_text
from practical_dl.images.pages.sample_answers import rate_range_answer, rate_range_table
from practical_dl.images.pages.sample_pages import question_page
from practical_dl.images.pages.sample_plots import rate_range_figure
from practical_dl.job.runtime import job

with job(snakemake):
    numbers = {"rate": float, "loss": float}
    ranges = read_csv(snakemake.input.ranges, ["model", "rate", "loss"], numbers)
    table = rate_range_table(ranges)
    page = question_page(
        "Which learning rate suits which model?",
        rate_range_answer(table),
        rate_range_figure(ranges),
        "Loss of each batch while the learning rate rises, and the rate suggested from it",
        table,
    )
    write_text(snakemake.output.page, page)
