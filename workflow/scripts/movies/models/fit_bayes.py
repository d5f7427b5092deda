from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.bayes import VARIANTS, fit_variant, sampling_of
from practical_dl.movies.models.predictions import predictions_frame, spread_frame
from practical_dl.movies.ratings.tables import read_movie_table, read_scale, read_sides

with job(snakemake):
    params, output = snakemake.params, snakemake.output
    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    scale = read_scale(snakemake.input.reading)
    movies = read_movie_table(snakemake.input.movies)
    sampling = sampling_of(**params.bayes, seed=params.seed, threads=snakemake.threads)
    variant = VARIANTS[snakemake.wildcards.model]
    expected = fit_variant(variant, train, valid, movies, sampling)
    table = predictions_frame(valid, expected.stars, scale)
    write_csv(output.predictions, table)
    write_csv(output.spread, spread_frame(table, expected.spread))
