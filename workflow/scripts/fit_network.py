from practical_dl.reviews.data import read_review_data
from practical_dl.reviews.fitting import train_and_write
from practical_dl.reviews.networks import BUILDERS
from practical_dl.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    data = read_review_data(snakemake.input, params.vocabulary, params)
    build = BUILDERS[snakemake.wildcards.network]
    train_and_write(
        lambda: build(params.vocabulary, params.length), data, params, snakemake.output, log
    )
