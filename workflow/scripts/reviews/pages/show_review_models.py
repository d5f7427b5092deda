from practical_dl.files.artefacts import read_csv, read_json, write_csv
from practical_dl.job.runtime import job
from practical_dl.overview.comparison import read_seconds
from practical_dl.report.page import write_page
from practical_dl.report.plotting import write_figure
from practical_dl.reviews.corpus.about import read_about
from practical_dl.reviews.corpus.duplicates import COLUMNS, read_counts
from practical_dl.reviews.corpus.files import read_lengths
from practical_dl.reviews.models.runs import read_runs
from practical_dl.reviews.pages.classes import class_blocks
from practical_dl.reviews.pages.model_table import (
    REFERENCE,
    gains,
    table_of_reviews,
    without_duplicates,
)
from practical_dl.reviews.pages.models import LESSON_TESTS, models_page
from practical_dl.reviews.pages.plots import learning_curves_figure, pictures_of
from practical_dl.reviews.titles import TITLES
from practical_dl.training.fit import read_history

with job(snakemake):
    params, given, output = snakemake.params, snakemake.input, snakemake.output
    about = read_about(given.about)
    runs = {
        model: read_runs(path, about.classes)
        for model, path in zip(params.models, given.runs, strict=True)
    }
    kept = without_duplicates(runs[params.shown].ids, read_csv(given.pairs, COLUMNS))
    seconds = read_seconds(output.table, params.benchmarks)
    models = table_of_reviews(runs, kept, seconds, REFERENCE, params.seed, about.scale)
    write_csv(output.table, models)
    page = models_page(
        snakemake.wildcards.dataset,
        about,
        models,
        read_json(given.task, ["accuracy", "valid_windows"]),
        read_json(given.weights, ["weights", "valid_log_loss", "equal_valid_log_loss"]),
        read_counts(given.counts),
        gains(runs, params.seed),
        params.is_original and len(kept) == LESSON_TESTS,
        read_json(given.statistics),
        class_blocks(runs[params.shown], TITLES[params.shown], about),
    )
    write_page(output.page, page)
    histories = dict(zip(params.networks, map(read_history, given.histories), strict=True))
    write_figure(output.curves, learning_curves_figure(histories, about))
    lengths = read_lengths(given.reviews, given.tokens)
    by_length, calibration = pictures_of(
        params.shown, runs[params.shown], lengths, about, params.seed
    )
    write_figure(output.by_length, by_length)
    write_figure(output.calibration, calibration)
