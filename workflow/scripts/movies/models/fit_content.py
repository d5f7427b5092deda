from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.content import fit_content
from practical_dl.movies.models.gibbs import Chain
from practical_dl.movies.models.predictions import predictions_frame, rating_scale
from practical_dl.movies.ratings.tables import read_movie_table, read_sides

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
