from practical_dl.job.runtime import job
from practical_dl.reviews.models.data import read_review_data
from practical_dl.reviews.models.fitting import train_and_write
from practical_dl.reviews.models.networks import BUILDERS

with job(snakemake) as log:
    params = snakemake.params
    data = read_review_data(snakemake.input, params.vocabulary, params)
    build = BUILDERS[snakemake.wildcards.network]
    train_and_write(
        lambda: build(params.vocabulary, params.length), data, params, snakemake.output, log
    )
