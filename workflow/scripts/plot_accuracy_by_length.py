import numpy as np

from practical_dl.metrics import hits
from practical_dl.plotting import write_figure
from practical_dl.predictions import read_class_predictions
from practical_dl.reviews.corpus import read_review_table, read_tokens
from practical_dl.reviews.plots import accuracy_by_length, accuracy_by_length_figure
from practical_dl.runtime import job

BINS = 8

with job(snakemake):
    predicted = read_class_predictions(snakemake.input.predictions)
    reviews = read_review_table(snakemake.input.reviews)
    _, offsets = read_tokens(snakemake.input.tokens, len(reviews))
    lengths = np.diff(offsets)[reviews["review_id"].isin(set(predicted.ids))]
    right = hits(predicted.labels(), predicted.probabilities)
    table = accuracy_by_length(right, lengths, predicted.groups, BINS, snakemake.params.seed)
    write_figure(snakemake.output.plot, accuracy_by_length_figure(table))
