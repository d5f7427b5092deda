from practical_dl.files.artefacts import read_json, write_csv
from practical_dl.job.runtime import job
from practical_dl.overview.comparison import comparison, read_seconds

with job(snakemake):
    keys = ("model", "part", "n", "seed", "scores")
    reports = [read_json(path, keys) for path in snakemake.input.metrics]
    seconds = read_seconds(snakemake.output.comparison, snakemake.params.benchmarks)
    table = comparison(snakemake.wildcards.pipeline, snakemake.wildcards.dataset, reports, seconds)
    write_csv(snakemake.output.comparison, table)
