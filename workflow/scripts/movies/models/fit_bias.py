import numpy as np

from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.bias import (
    best_shrinkages,
    compare_shrinkages,
    fit_bias,
    predict_bias,
)
from practical_dl.movies.models.predictions import predictions_frame, rating_scale
from practical_dl.movies.ratings.tables import read_sides

with job(snakemake) as log:
    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    scale = rating_scale(train)
    compared = compare_shrinkages(train, snakemake.params.seed)
    user_shrinkage, movie_shrinkage = best_shrinkages(compared)
    log.info(f"shrinkage of users {user_shrinkage}, of movies {movie_shrinkage}")
    predicted = predict_bias(fit_bias(train, user_shrinkage, movie_shrinkage), valid)
    mean = np.full(len(valid), train["rating"].mean())
    write_csv(snakemake.output.shrinkages, compared)
    write_csv(snakemake.output.bias, predictions_frame(valid, predicted, scale))
    write_csv(snakemake.output.mean, predictions_frame(valid, mean, scale))
