from pathlib import Path

from practical_dl.reviews.demo import write_demo
from practical_dl.runtime import job

with job(snakemake):
    params = snakemake.params
    write_demo(Path(snakemake.output.archive), params.train, params.test, params.seed)
