import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.files.predictions import read_value_predictions
from practical_dl.job.runtime import job
from practical_dl.movies.pages.model_table import table_of_models
from practical_dl.movies.pages.plots import content_figure
from practical_dl.movies.pages.rating_pages import content_finding
from practical_dl.movies.ratings.splits import drawn_rows, ratings_of
from practical_dl.movies.ratings.tables import read_rating_table, read_split_table
from practical_dl.report.plotting import write_figure

with job(snakemake):
    params, files = snakemake.params, snakemake.input
    ratings = read_rating_table(files.ratings)
    train = ratings_of("train", ratings, read_split_table(files.split))
    counts = [int(drawn_rows(len(train), share, params.seed).sum()) for share in params.shares]
    tables = []
    for place, count in enumerate([*counts, len(train)]):
        of_count = files.predictions[place :: len(counts) + 1]
        predictions = {
            model: read_value_predictions(path)
            for model, path in zip(params.models, of_count, strict=True)
        }
        scores = table_of_models(predictions, ("bayes_ratings",), params.seed)
        tables.append(scores.assign(ratings=count))
    table = pd.concat(tables, ignore_index=True)
    write_csv(snakemake.output.table, table)
    write_figure(snakemake.output.plot, content_figure(table, content_finding(table)))
