from practical_dl.images.pseudo_plots import two_moons_figure
from practical_dl.images.two_moons import axes_of, moons, self_training
from practical_dl.plotting import write_figure
from practical_dl.runtime import job

with job(snakemake):
    points, true = moons(snakemake.params.seed)
    steps = self_training(points, true)
    write_figure(snakemake.output.plot, two_moons_figure(points, axes_of(points), steps))
