from pathlib import Path

from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.demo import write_demo

with job(snakemake):
    params = snakemake.params
    write_demo(Path(snakemake.output.archive), params.train, params.test, params.seed)
