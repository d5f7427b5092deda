import pandas as pd

from practical_dl.files.artefacts import write_csv, write_text
from practical_dl.files.predictions import read_value_predictions
from practical_dl.job.runtime import job
from practical_dl.movies.pages.rating_pages import protocols_page
from practical_dl.movies.ratings.splits import ratings_of
from practical_dl.movies.ratings.tables import read_rating_table, read_split_table
from practical_dl.movies.studies.protocol_scores import score_parts

with job(snakemake):
    params, files = snakemake.params, snakemake.input
    ratings = read_rating_table(files.ratings)
    tables = []
    for place, protocol in enumerate(params.protocols):
        train = ratings_of("train", ratings, read_split_table(files.splits[place]))
        bias = read_value_predictions(files["bias"][place])
        for model in ("bias", "bayes", "bayes_time"):
            predictions = read_value_predictions(files[model][place])
            scores = score_parts(predictions, bias, train, params.seed)
            tables.append(scores.assign(protocol=protocol, model=model))
    table = pd.concat(tables, ignore_index=True)
    table = table[["protocol", "model", *table.columns.drop(["protocol", "model"])]]
    write_csv(snakemake.output.table, table)
    write_text(snakemake.output.page, protocols_page(snakemake.wildcards.dataset, table))
