from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.bayes import VARIANTS, fit_variant, sampling_of
from practical_dl.movies.models.predictions import predictions_frame, rating_scale, spread_frame
from practical_dl.movies.ratings.tables import read_movie_table, read_sides

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
