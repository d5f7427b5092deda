from practical_dl.job.runtime import job
from practical_dl.reviews.vectors.windows import random_vectors, write_vectors

with job(snakemake):
    params = snakemake.params
    write_vectors(
        snakemake.output.vectors, random_vectors(params.vocabulary, params.width, params.seed)
    )
