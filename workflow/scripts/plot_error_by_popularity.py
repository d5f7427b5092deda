from practical_dl.movies.plots import popularity_figure
from practical_dl.movies.predictions import rmse_by_popularity
from practical_dl.movies.splits import ratings_of
from practical_dl.movies.tables import read_rating_table, read_split_table
from practical_dl.plotting import write_figure
from practical_dl.predictions import read_value_predictions
from practical_dl.runtime import job

with job(snakemake):
    predicted = read_value_predictions(snakemake.input.predictions)
    ratings = read_rating_table(snakemake.input.ratings)
    train = ratings_of("train", ratings, read_split_table(snakemake.input.split))
    table = rmse_by_popularity(predicted, train, snakemake.params.seed)
    write_figure(snakemake.output.plot, popularity_figure(table, snakemake.wildcards.model))
