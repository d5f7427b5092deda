from practical_dl.job.runtime import job
from practical_dl.report.plotting import write_figure
from practical_dl.reviews.pages.plots import learning_curves_figure
from practical_dl.training.fit import read_history

with job(snakemake):
    histories = dict(
        zip(snakemake.params.names, map(read_history, snakemake.input.histories), strict=True)
    )
    write_figure(snakemake.output.plot, learning_curves_figure(histories))
