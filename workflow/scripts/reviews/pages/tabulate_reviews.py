from practical_dl.files.artefacts import (
    read_benchmark_seconds,
    read_csv,
    read_json,
    write_csv,
    write_text,
)
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.duplicates import COLUMNS
from practical_dl.reviews.models.runs import read_runs
from practical_dl.reviews.pages.model_page import models_page
from practical_dl.reviews.pages.model_table import (
    REFERENCE,
    gain_of_reading,
    gains_of_unlabelled,
    gains_of_vectors,
    table_of_reviews,
    without_copies,
)

LESSON_TESTS = 25_000

with job(snakemake):
    params, given = snakemake.params, snakemake.input
    runs = {model: read_runs(path) for model, path in zip(params.models, given.runs, strict=True)}
    kept = without_copies(next(iter(runs.values())).ids, read_csv(given.pairs, COLUMNS))
    seconds = [read_benchmark_seconds(path) for path in params.benchmarks]
    models = table_of_reviews(runs, kept, seconds, REFERENCE, params.seed)
    write_csv(snakemake.output.table, models)
    page = models_page(
        snakemake.wildcards.dataset,
        models,
        read_json(given.task, ["accuracy", "valid_windows"]),
        read_json(given.weights, ["weights", "valid_log_loss", "equal_valid_log_loss"]),
        {name: found for name, found in read_json(given.counts).items() if name != "version"},
        gains_of_unlabelled(runs, params.seed),
        gain_of_reading(runs, params.seed),
        gains_of_vectors(runs, params.seed),
        params.is_original and len(kept) == LESSON_TESTS,
    )
    write_text(snakemake.output.page, page)
