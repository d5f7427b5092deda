from practical_dl.reviews.windows import random_vectors, write_vectors
from practical_dl.runtime import job

with job(snakemake):
    params = snakemake.params
    write_vectors(
        snakemake.output.vectors, random_vectors(params.vocabulary, params.width, params.seed)
    )
