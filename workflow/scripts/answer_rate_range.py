from practical_dl.artefacts import read_csv
from practical_dl.images.sample_answers import rate_range_answer, rate_range_table
from practical_dl.images.sample_plots import rate_range_figure
from practical_dl.pages import write_page
from practical_dl.runtime import job

with job(snakemake):
    numbers = {"rate": float, "loss": float}
    ranges = read_csv(snakemake.input.ranges, ["model", "rate", "loss"], numbers)
    table = rate_range_table(ranges)
    write_page(
        snakemake.output.page,
        "Which learning rate suits which model?",
        rate_range_answer(table),
        rate_range_figure(ranges),
        table,
    )
