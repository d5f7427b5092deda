from practical_dl.files.predictions import read_value_predictions
from practical_dl.job.runtime import job
from practical_dl.movies.models.predictions import read_spread
from practical_dl.movies.pages.errors_by import covered_share, error_by_spread, rmse_by_popularity
from practical_dl.movies.pages.plots import (
    lesson_figure,
    popularity_figure,
    stars_figure,
    uncertainty_figure,
)
from practical_dl.movies.ratings.splits import ratings_of
from practical_dl.movies.ratings.tables import read_rating_table, read_split_table
from practical_dl.report.plotting import write_figure
from practical_dl.training.fit import read_history

with job(snakemake):
    files, params, output = snakemake.input, snakemake.params, snakemake.output
    ratings = read_rating_table(files.ratings)
    train = ratings_of("train", ratings, read_split_table(files.split))
    predictions = {
        model: read_value_predictions(path)
        for model, path in zip(params.models, files.predictions, strict=True)
    }
    histories = {
        model: read_history(path)
        for model, path in zip(params.lesson_models, files.histories, strict=True)
    }
    tables = {
        model: rmse_by_popularity(found, train, params.seed) for model, found in predictions.items()
    }
    sampled, spread = predictions["bayes"], read_spread(files.spread)
    write_figure(output.lesson_models, lesson_figure(histories))
    write_figure(output.predicted_stars, stars_figure(predictions))
    write_figure(output.error_by_popularity, popularity_figure(tables))
    write_figure(
        output.uncertainty,
        uncertainty_figure(
            error_by_spread(sampled, spread, params.seed), covered_share(sampled, spread)
        ),
    )
