from practical_dl.artefacts import write_csv
from practical_dl.movies.bayes import VARIANTS, fit_variant, sampling_of
from practical_dl.movies.predictions import predictions_frame, rating_scale, spread_frame
from practical_dl.movies.tables import read_movie_table, read_sides
from practical_dl.runtime import job

with job(snakemake):
    params = snakemake.params
    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    expected = fit_variant(
        VARIANTS[snakemake.wildcards.model],
        train,
        valid,
        read_movie_table(snakemake.input.movies),
        sampling_of(params, snakemake.threads),
    )
    table = predictions_frame(valid, expected.stars, rating_scale(train))
    write_csv(snakemake.output.predictions, table)
    write_csv(snakemake.output.spread, spread_frame(table, expected.spread))
