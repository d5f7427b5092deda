from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.files.predictions import read_value_predictions
from practical_dl.job.runtime import job
from practical_dl.movies.models.scores import rating_report
from practical_dl.overview.comparison import comparison, read_seconds

with job(snakemake):
    params, output = snakemake.params, snakemake.output
    reports = []
    for model, path in zip(params.models, snakemake.input.predictions, strict=True):
        reports.append(rating_report(model, read_value_predictions(path), params.seed))
    for report, path in zip(reports, output.metrics, strict=True):
        write_json(path, report)
    seconds = read_seconds(output.comparison, params.benchmarks)
    table = comparison("movies", snakemake.wildcards.dataset, reports, seconds)
    write_csv(output.comparison, table)
