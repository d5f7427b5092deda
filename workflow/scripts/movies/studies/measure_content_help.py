from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.bayes import sampling_of
from practical_dl.movies.models.predictions import predictions_frame
from practical_dl.movies.ratings.splits import drawn_rows
from practical_dl.movies.ratings.tables import read_movie_table, read_scale, read_sides
from practical_dl.movies.studies.fits import fit_models

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    scale = read_scale(snakemake.input.reading)
    movies = read_movie_table(snakemake.input.movies)
    sampling = sampling_of(**params.bayes, seed=params.seed, threads=snakemake.threads)
    part = train[drawn_rows(len(train), float(snakemake.wildcards.share), params.seed)]
    fits = fit_models(params.models, part, valid, movies, sampling)
    for (model, stars), path in zip(fits, output.predictions, strict=True):
        write_csv(path, predictions_frame(valid, stars, scale))
        log.info(f"{model} fitted on {len(part):,} ratings")
