from practical_dl.reviews.data import read_review_data
from practical_dl.reviews.fitting import train_and_write
from practical_dl.reviews.networks import multi_size_model
from practical_dl.reviews.windows import read_vectors
from practical_dl.runtime import job

with job(snakemake) as log:
    params = snakemake.params
    vectors = read_vectors(snakemake.input.vectors)
    data = read_review_data(snakemake.input, len(vectors), params)
    train_and_write(lambda: multi_size_model(vectors), data, params, snakemake.output, log)
