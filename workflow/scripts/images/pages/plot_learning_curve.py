from practical_dl.job.runtime import job
from practical_dl.report.plotting import learning_curve_figure, write_figure
from practical_dl.training.fit import read_history

with job(snakemake):
    history = read_history(snakemake.input.history)
    figure = learning_curve_figure(history, snakemake.params.loss, snakemake.params.title)
    write_figure(snakemake.output.plot, figure)
