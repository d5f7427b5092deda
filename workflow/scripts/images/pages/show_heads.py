from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.pictures.class_meanings import with_names
from practical_dl.job.runtime import job
from practical_dl.report.confusion import confusion_matrix_figure
from practical_dl.report.plotting import learning_curve_figure, write_figure
from practical_dl.training.fit import read_history

with job(snakemake):
    found, output = snakemake.input, snakemake.output
    for number, title in enumerate(snakemake.params.titles):
        history = read_history(found.histories[number])
        predicted = with_names(
            read_class_predictions(found.predictions[number]), snakemake.params.class_names
        )
        write_figure(output.curves[number], learning_curve_figure(history, "log loss", title))
        write_figure(output.matrices[number], confusion_matrix_figure(predicted, title))
