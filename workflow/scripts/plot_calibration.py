from practical_dl.plotting import write_figure
from practical_dl.reviews.plots import calibration_figure
from practical_dl.reviews.runs import read_runs
from practical_dl.reviews.titles import TITLES
from practical_dl.runtime import job

with job(snakemake):
    runs = read_runs(snakemake.input.runs)
    title = TITLES[snakemake.wildcards.model]
    figure = calibration_figure(runs.labels, runs.positive.mean(axis=1), title)
    write_figure(snakemake.output.plot, figure)
