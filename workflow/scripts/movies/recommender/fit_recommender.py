from practical_dl.job.runtime import job
from practical_dl.movies.models.bayes import recommender_states
from practical_dl.movies.models.catalogue import make_catalogue
from practical_dl.movies.models.gibbs import Chain
from practical_dl.movies.models.predictions import rating_scale
from practical_dl.movies.ratings.tables import read_movie_table, read_rating_table
from practical_dl.movies.recommender.factors import Library, collect, write_library

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
