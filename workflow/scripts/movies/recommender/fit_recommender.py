from practical_dl.job.runtime import job
from practical_dl.movies.ratings import tables
from practical_dl.movies.recommender.factors import write_library
from practical_dl.movies.recommender.fitting import fit_library
from practical_dl.movies.recommender.names import with_names

with job(snakemake):
    files, params = snakemake.input, snakemake.params
    ratings, movies = tables.read_rating_table(files.ratings), tables.read_movie_table(files.movies)
    library = fit_library(
        ratings,
        movies,
        **params.bayes,
        **params.recommender,
        seed=params.seed,
        scale=tables.read_scale(files.reading),
        content=params.content,
    )
    users = tables.read_names(files.user_names, "user_id")
    items = tables.read_names(files.item_names, "movie_id")
    seen = tables.read_seen_table(files.seen)
    links = tables.read_link_table(files.links)
    write_library(snakemake.output.factors, with_names(library, users, items, seen, links))
