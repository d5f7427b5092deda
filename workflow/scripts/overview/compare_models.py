from pathlib import Path

from practical_dl.files.artefacts import read_benchmark_seconds, read_json, write_csv
from practical_dl.job.runtime import job
from practical_dl.overview.comparison import comparison

with job(snakemake):
    keys = ("model", "part", "n", "seed", "scores")
    reports = [read_json(path, keys) for path in snakemake.input.metrics]
    holds_results = Path(snakemake.output.comparison).parents[3]
    seconds = [
        read_benchmark_seconds(path and holds_results / path)
        for path in snakemake.params.benchmarks
    ]
    table = comparison(snakemake.wildcards.pipeline, snakemake.wildcards.dataset, reports, seconds)
    write_csv(snakemake.output.comparison, table)
