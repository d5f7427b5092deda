from practical_dl.job.runtime import job
from practical_dl.report.plotting import write_figure
from practical_dl.reviews.models.runs import read_runs
from practical_dl.reviews.pages.plots import calibration_figure
from practical_dl.reviews.titles import TITLES

with job(snakemake):
    runs = read_runs(snakemake.input.runs)
    title = TITLES[snakemake.wildcards.model]
    figure = calibration_figure(runs.labels, runs.positive.mean(axis=1), title)
    write_figure(snakemake.output.plot, figure)
