from pathlib import Path

from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.demo import write_demo

with job(snakemake):
    write_demo(Path(snakemake.output.archive), **snakemake.params.demo)
