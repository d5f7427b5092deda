from practical_dl.job.runtime import job
from practical_dl.reviews.models.data import read_review_data
from practical_dl.reviews.models.fitting import train_and_write
from practical_dl.reviews.models.networks import multi_size_model
from practical_dl.reviews.vectors.windows import read_vectors

with job(snakemake) as log:
    params = snakemake.params
    vectors = read_vectors(snakemake.input.vectors)
    data = read_review_data(snakemake.input, len(vectors), params)
    train_and_write(lambda: multi_size_model(vectors), data, params, snakemake.output, log)
