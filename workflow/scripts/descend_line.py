from practical_dl.artefacts import write_csv
from practical_dl.optimizers.failures import failures
from practical_dl.optimizers.runs import run_all, summarise
from practical_dl.runtime import job

with job(snakemake):
    params = snakemake.params
    paths = run_all({"lecture": params.lecture, "papers": params.papers}, params.epochs)
    write_csv(snakemake.output.paths, paths)
    write_csv(snakemake.output.summary, summarise(paths, params.epochs))
    write_csv(snakemake.output.failures, failures())
