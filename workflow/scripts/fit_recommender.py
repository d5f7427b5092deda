from practical_dl.movies.bayes import recommender_states
from practical_dl.movies.catalogue import make_catalogue
from practical_dl.movies.factors import Library, collect, write_library
from practical_dl.movies.gibbs import Chain
from practical_dl.movies.predictions import rating_scale
from practical_dl.movies.tables import read_movie_table, read_rating_table
from practical_dl.runtime import job

with job(snakemake):
    params = snakemake.params
    ratings = read_rating_table(snakemake.input.ratings)
    catalogue = make_catalogue(ratings, read_movie_table(snakemake.input.movies))
    chain = Chain(params.rank, params.burn_in, params.samples, params.seed)
    states = recommender_states(ratings, catalogue, chain, params.most_features)
    factors = collect(states, max(1, params.samples // params.kept), rating_scale(ratings))
    library = Library(
        factors,
        catalogue,
        catalogue.users_of(ratings),
        catalogue.movies_of(ratings),
        ratings["rating"].to_numpy(),
    )
    write_library(snakemake.output.factors, library)
