from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.baselines import fit_baselines
from practical_dl.movies.models.bias import best_shrinkages, compare_shrinkages
from practical_dl.movies.models.gibbs import Chain
from practical_dl.movies.models.predictions import predictions_frame
from practical_dl.movies.ratings.tables import read_movie_table, read_scale, read_sides

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    scale = read_scale(snakemake.input.reading)
    movies = read_movie_table(snakemake.input.movies)
    shrinkages = compare_shrinkages(train, params.seed)
    write_csv(output.shrinkages, shrinkages)
    log.info("shrinkage of users {}, of movies {}".format(*best_shrinkages(shrinkages)))
    chain = Chain(rank=0, seed=params.seed, **params.bayes)
    stars = fit_baselines(params.models, train, valid, movies, shrinkages, chain)
    for model, path in zip(params.models, output.predictions, strict=True):
        write_csv(path, predictions_frame(valid, stars[model], scale))
