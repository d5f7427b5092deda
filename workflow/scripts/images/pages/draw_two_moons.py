from practical_dl.images.pages.pseudo_plots import two_moons_figure
from practical_dl.images.pseudo_labels.two_moons import axes_of, moons, self_training
from practical_dl.job.runtime import job
from practical_dl.report.plotting import write_figure

with job(snakemake):
    points, true = moons(snakemake.params.seed)
    steps = self_training(points, true)
    write_figure(snakemake.output.plot, two_moons_figure(points, axes_of(points), steps))
