from practical_dl.artefacts import write_csv
from practical_dl.movies.bayes import VARIANTS, fit_variant
from practical_dl.movies.content import fit_content
from practical_dl.movies.gibbs import Chain
from practical_dl.movies.predictions import predictions_frame, rating_scale
from practical_dl.movies.splits import drawn_rows, ratings_of
from practical_dl.movies.tables import read_movie_table, read_rating_table, read_split_table
from practical_dl.runtime import job

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    ratings = read_rating_table(snakemake.input.ratings)
    split = read_split_table(snakemake.input.split)
    train, valid = ratings_of("train", ratings, split), ratings_of("valid", ratings, split)
    movies = read_movie_table(snakemake.input.movies)
    chain = Chain(params.rank, params.burn_in, params.samples, params.seed)
    scale = rating_scale(train)
    part = train[drawn_rows(len(train), float(snakemake.wildcards.share), params.seed)]
    for model in params.models:
        if model == "content":
            expected = fit_content(part, valid, movies, chain)
        else:
            expected = fit_variant(
                VARIANTS[model], part, valid, movies, chain, params.chains, params.most_features
            )
        write_csv(output[model], predictions_frame(valid, expected.stars, scale))
        log.info(f"{model} fitted on {len(part):,} ratings")
