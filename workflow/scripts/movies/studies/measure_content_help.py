from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.bayes import VARIANTS, fit_variant, sampling_of
from practical_dl.movies.models.content import fit_content
from practical_dl.movies.models.predictions import predictions_frame, rating_scale
from practical_dl.movies.ratings.splits import drawn_rows
from practical_dl.movies.ratings.tables import read_movie_table, read_sides

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    movies = read_movie_table(snakemake.input.movies)
    sampling = sampling_of(params, snakemake.threads)
    scale = rating_scale(train)
    part = train[drawn_rows(len(train), float(snakemake.wildcards.share), params.seed)]
    for model in params.models:
        if model == "content":
            expected = fit_content(part, valid, movies, sampling.chain)
        else:
            expected = fit_variant(VARIANTS[model], part, valid, movies, sampling)
        write_csv(output[model], predictions_frame(valid, expected.stars, scale))
        log.info(f"{model} fitted on {len(part):,} ratings")
