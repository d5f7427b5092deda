from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.pages.plots import confusion_matrix_figure
from practical_dl.job.runtime import job
from practical_dl.report.plotting import write_figure

with job(snakemake):
    predicted = read_class_predictions(snakemake.input.predictions)
    write_figure(snakemake.output.plot, confusion_matrix_figure(predicted, snakemake.params.title))
