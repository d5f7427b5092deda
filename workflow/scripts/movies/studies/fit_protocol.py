from pathlib import Path

from practical_dl.files.artefacts import read_json, write_columns, write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.bayes import VARIANTS, fit_variant, sampling_of
from practical_dl.movies.models.bias import (
    best_shrinkages,
    compare_shrinkages,
    fit_bias,
    predict_bias,
)
from practical_dl.movies.models.predictions import predictions_frame, rating_scale
from practical_dl.movies.ratings.splits import ratings_of
from practical_dl.movies.ratings.tables import read_movie_table, read_rating_table
from practical_dl.movies.studies.protocols import split_by

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    ratings = read_rating_table(snakemake.input.ratings)
    source = Path(read_json(snakemake.input.source, ["root"])["root"])
    split = split_by(snakemake.wildcards.protocol, ratings, params.train_share, source)
    train, valid = ratings_of("train", ratings, split), ratings_of("valid", ratings, split)
    movies = read_movie_table(snakemake.input.movies)
    scale = rating_scale(train)
    write_columns(output.split, split)
    sampling = sampling_of(params, snakemake.threads)
    bias = fit_bias(train, *best_shrinkages(compare_shrinkages(train, params.seed)))
    write_csv(output.bias, predictions_frame(valid, predict_bias(bias, valid), scale))
    for name in ("bayes", "bayes_time"):
        expected = fit_variant(VARIANTS[name], train, valid, movies, sampling)
        write_csv(output[name], predictions_frame(valid, expected.stars, scale))
        log.info(f"{name} fitted on {len(train):,} ratings")
