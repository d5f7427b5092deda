from practical_dl.files.artefacts import write_json
from practical_dl.job.runtime import job
from practical_dl.reviews.models.runs import read_runs, runs_report
from practical_dl.training.collapse import describe_collapse

PARTS = {"valid": "valid (made choices)", "test": "test"}

with job(snakemake) as log:
    for role, part in PARTS.items():
        runs = read_runs(snakemake.input[role])
        content = runs_report(runs, snakemake.wildcards.model, part, snakemake.params.seed)
        write_json(snakemake.output[role], content)
        log.info(f"{part}: {describe_collapse(content['collapse'])}")
