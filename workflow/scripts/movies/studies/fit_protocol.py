from pathlib import Path

from practical_dl.files.artefacts import read_json, write_columns, write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.bayes import sampling_of
from practical_dl.movies.models.predictions import predictions_frame
from practical_dl.movies.ratings.splits import ratings_of
from practical_dl.movies.ratings.tables import read_movie_table, read_rating_table, read_scale
from practical_dl.movies.studies.fits import fit_models
from practical_dl.movies.studies.protocols import split_by

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    ratings = read_rating_table(snakemake.input.ratings)
    scale = read_scale(snakemake.input.reading)
    given = snakemake.input.source
    source = Path(read_json(given, ["root"])["root"]) if given else None
    split = split_by(snakemake.wildcards.protocol, ratings, params.split["train_share"], source)
    write_columns(output.split, split)
    train, valid = (ratings_of(role, ratings, split) for role in ("train", "valid"))
    movies = read_movie_table(snakemake.input.movies)
    sampling = sampling_of(**params.bayes, seed=params.seed, threads=snakemake.threads)
    fits = fit_models(params.models, train, valid, movies, sampling)
    for (model, stars), path in zip(fits, output.predictions, strict=True):
        write_csv(path, predictions_frame(valid, stars, scale))
        log.info(f"{model} fitted on {len(train):,} ratings")
