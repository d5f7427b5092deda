from practical_dl.images.plots import confusion_matrix_figure
from practical_dl.plotting import write_figure
from practical_dl.predictions import read_class_predictions
from practical_dl.runtime import job

with job(snakemake):
    predicted = read_class_predictions(snakemake.input.predictions)
    write_figure(snakemake.output.plot, confusion_matrix_figure(predicted, snakemake.params.title))
