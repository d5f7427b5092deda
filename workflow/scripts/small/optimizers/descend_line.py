from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.small.optimizers.failures import failures
from practical_dl.small.optimizers.runs import run_all, summarise

with job(snakemake):
    params = snakemake.params
    paths = run_all(params.methods, params.epochs)
    write_csv(snakemake.output.paths, paths)
    write_csv(snakemake.output.summary, summarise(paths, params.epochs))
    write_csv(snakemake.output.failures, failures())
