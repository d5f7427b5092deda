from practical_dl.plotting import write_figure
from practical_dl.reviews.plots import learning_curves_figure
from practical_dl.runtime import job
from practical_dl.training import read_history

with job(snakemake):
    histories = dict(
        zip(snakemake.params.names, map(read_history, snakemake.input.histories), strict=True)
    )
    write_figure(snakemake.output.plot, learning_curves_figure(histories))
