from practical_dl.movies.plots import stars_figure
from practical_dl.plotting import write_figure
from practical_dl.predictions import read_value_predictions
from practical_dl.runtime import job

with job(snakemake):
    predicted = read_value_predictions(snakemake.input.predictions)
    write_figure(snakemake.output.plot, stars_figure(predicted, snakemake.wildcards.model))
