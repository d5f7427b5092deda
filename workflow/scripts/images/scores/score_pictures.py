from pathlib import Path

from practical_dl.files.artefacts import read_benchmark_seconds, write_csv, write_json
from practical_dl.images.pictures.loading import source_root
from practical_dl.images.plan.scored import WRITTEN, Scored, files_read
from practical_dl.images.scores.scoring import Predictions, held_out_parts, metrics_of
from practical_dl.job.runtime import job
from practical_dl.overview.comparison import comparison
from practical_dl.training.collapse import describe_collapse

with job(snakemake) as log:
    dataset, seed = snakemake.wildcards.dataset, snakemake.params.seed
    scored = [Scored(**record) for record in snakemake.params.scored]
    where = dict(zip(files_read(scored), snakemake.input.files, strict=True))
    predictions = Predictions(where, held_out_parts(snakemake.input.roles))
    truth = [source_root(path) / "truth.csv" for path in snakemake.input.source]
    found = [metrics_of(one, predictions, truth, seed) for one in scored]
    written = [content for one, content in zip(scored, found, strict=True) if one.kind != WRITTEN]
    for path, content in zip(snakemake.output.metrics, written, strict=True):
        write_json(path, content)
        if "collapse" in content:
            log.info(f"{content['model']}: {describe_collapse(content['collapse'])}")
    holds_results = Path(snakemake.output.comparison).parents[3]
    benchmarks = [one.benchmark and one.benchmark.format(dataset=dataset) for one in scored]
    seconds = [read_benchmark_seconds(path and holds_results / path) for path in benchmarks]
    table = comparison("images", dataset, found, seconds)
    write_csv(snakemake.output.comparison, table)
