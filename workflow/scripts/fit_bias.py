from practical_dl.artefacts import write_csv
from practical_dl.movies.bias import best_shrinkages, compare_shrinkages, fit_bias, predict_bias
from practical_dl.movies.predictions import predictions_frame, rating_scale
from practical_dl.movies.splits import ratings_of
from practical_dl.movies.tables import read_rating_table, read_split_table
from practical_dl.runtime import job

SHRINKAGES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
INNER_TRAIN_SHARE = 0.9

with job(snakemake) as log:
    ratings = read_rating_table(snakemake.input.ratings)
    split = read_split_table(snakemake.input.split)
    train, valid = ratings_of("train", ratings, split), ratings_of("valid", ratings, split)
    compared = compare_shrinkages(
        train, SHRINKAGES, SHRINKAGES, INNER_TRAIN_SHARE, snakemake.params.seed
    )
    user_shrinkage, movie_shrinkage = best_shrinkages(compared)
    log.info(f"shrinkage of users {user_shrinkage}, of movies {movie_shrinkage}")
    predicted = predict_bias(fit_bias(train, user_shrinkage, movie_shrinkage), valid)
    write_csv(snakemake.output.shrinkages, compared)
    write_csv(
        snakemake.output.predictions, predictions_frame(valid, predicted, rating_scale(train))
    )
