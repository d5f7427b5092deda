import pandas as pd

from practical_dl.artefacts import write_csv
from practical_dl.metrics import rating_scores
from practical_dl.movies.plots import content_figure
from practical_dl.movies.rating_pages import content_finding
from practical_dl.movies.splits import drawn_rows, ratings_of
from practical_dl.movies.tables import read_rating_table, read_split_table
from practical_dl.plotting import write_figure
from practical_dl.predictions import read_value_predictions
from practical_dl.runtime import job

with job(snakemake):
    params, files = snakemake.params, snakemake.input
    ratings = read_rating_table(files.ratings)
    train = ratings_of("train", ratings, read_split_table(files.split))
    counts = [int(drawn_rows(len(train), share, params.seed).sum()) for share in params.shares]
    points = [(model, count) for model in params.models for count in (*counts, len(train))]
    rows = []
    for (model, count), path in zip(points, files.predictions, strict=True):
        found = read_value_predictions(path)
        columns = (found[name].to_numpy() for name in ("true", "prediction", "group"))
        rmse = rating_scores(*columns, params.seed)["rmse"]
        rows.append((count, model, rmse["value"], rmse["ci_low"], rmse["ci_high"]))
    table = pd.DataFrame(rows, columns=["ratings", "model", "rmse", "low", "high"])
    write_csv(snakemake.output.table, table)
    write_figure(snakemake.output.plot, content_figure(table, content_finding(table)))
