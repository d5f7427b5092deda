from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.overview.comparison import comparison, read_seconds
from practical_dl.reviews.corpus.about import read_about
from practical_dl.reviews.models.runs import read_runs, runs_report
from practical_dl.training.collapse import describe_collapse

PARTS = {"valid": "valid (made choices)", "test": "test"}

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    reports, seconds = [], []
    about = read_about(snakemake.input.about)
    fits = read_seconds(output.comparison, params.benchmarks)
    for place, (model, taken) in enumerate(zip(params.models, fits, strict=True)):
        for role, part in PARTS.items():
            runs = read_runs(snakemake.input[role][place], about.classes)
            report = runs_report(runs, model, part, params.seed, about.scale)
            write_json(output[role][place], report)
            log.info(f"{model}, {part}: {describe_collapse(report['collapse'])}")
            reports.append(report)
            seconds.append(taken)
    table = comparison("reviews", snakemake.wildcards.dataset, reports, seconds)
    write_csv(output.comparison, table)
