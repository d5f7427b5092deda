from practical_dl.job.runtime import job
from practical_dl.movies.ratings.tables import read_movie_table, read_rating_table
from practical_dl.movies.recommender.factors import write_library
from practical_dl.movies.recommender.fitting import fit_library

with job(snakemake):
    params = snakemake.params
    ratings = read_rating_table(snakemake.input.ratings)
    movies = read_movie_table(snakemake.input.movies)
    library = fit_library(ratings, movies, **params.bayes, **params.recommender, seed=params.seed)
    write_library(snakemake.output.factors, library)
