import numpy as np

from practical_dl.job.runtime import job
from practical_dl.report.plotting import write_figure
from practical_dl.reviews.corpus.files import read_review_table, read_tokens
from practical_dl.reviews.models.runs import read_runs, row_hits
from practical_dl.reviews.pages.plots import accuracy_by_length, accuracy_by_length_figure
from practical_dl.reviews.titles import TITLES

BINS = 8

with job(snakemake):
    runs = read_runs(snakemake.input.runs)
    reviews = read_review_table(snakemake.input.reviews)
    _, offsets = read_tokens(snakemake.input.tokens, len(reviews))
    lengths = np.diff(offsets)[reviews["review_id"].isin(set(runs.ids))]
    table = accuracy_by_length(row_hits(runs), lengths, runs.films, BINS, snakemake.params.seed)
    figure = accuracy_by_length_figure(table, TITLES[snakemake.wildcards.model])
    write_figure(snakemake.output.plot, figure)
