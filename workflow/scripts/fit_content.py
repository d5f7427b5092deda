from practical_dl.artefacts import write_csv
from practical_dl.movies.content import fit_content
from practical_dl.movies.gibbs import Chain
from practical_dl.movies.predictions import predictions_frame, rating_scale
from practical_dl.movies.tables import read_movie_table, read_sides
from practical_dl.runtime import job

with job(snakemake):
    params = snakemake.params
    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    expected = fit_content(
        train,
        valid,
        read_movie_table(snakemake.input.movies),
        Chain(0, params.burn_in, params.samples, params.seed),
    )
    write_csv(
        snakemake.output.predictions, predictions_frame(valid, expected.stars, rating_scale(train))
    )
