from practical_dl.plotting import write_figure
from practical_dl.predictions import read_class_predictions
from practical_dl.reviews.plots import calibration_figure
from practical_dl.runtime import job

with job(snakemake):
    predicted = read_class_predictions(snakemake.input.predictions)
    figure = calibration_figure(predicted.labels(), predicted.probabilities[:, 1])
    write_figure(snakemake.output.plot, figure)
