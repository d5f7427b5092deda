from pathlib import Path

from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.demo import write_demo, write_demo_vectors

with job(snakemake):
    params, output = snakemake.params, snakemake.output
    write_demo(Path(output.archive), **params.demo)
    write_demo_vectors(Path(output.vectors), params.width, params.demo["seed"])
