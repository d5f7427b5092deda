from pathlib import Path

from practical_dl.files.artefacts import read_benchmark_seconds, write_csv, write_json
from practical_dl.files.predictions import read_value_predictions
from practical_dl.job.runtime import job
from practical_dl.movies.models.scores import rating_report
from practical_dl.overview.comparison import comparison

with job(snakemake):
    params, output = snakemake.params, snakemake.output
    reports = []
    for model, path in zip(params.models, snakemake.input.predictions, strict=True):
        reports.append(rating_report(model, read_value_predictions(path), params.seed))
    for report, path in zip(reports, output.metrics, strict=True):
        write_json(path, report)
    holds_results = Path(output.comparison).parents[3]
    seconds = [read_benchmark_seconds(holds_results / path) for path in params.benchmarks]
    write_csv(
        output.comparison, comparison("movies", snakemake.wildcards.dataset, reports, seconds)
    )
