from practical_dl.images.pages.pseudo_labels import pseudo_labels_page, two_moons_figure
from practical_dl.images.pseudo_labels.scores import read_progress, read_scores
from practical_dl.images.pseudo_labels.setting import Setting
from practical_dl.images.pseudo_labels.two_moons import axes_of, moons, self_training
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page
from practical_dl.report.plotting import write_figure

with job(snakemake):
    params, found, output = snakemake.params, snakemake.input, snakemake.output
    settings = [Setting(**record) for record in params.settings]
    scores, progress = read_scores(found.scores), read_progress(found.progress)
    write_page(output.pseudo_labels, pseudo_labels_page(scores, progress, settings))
    points, true = moons(params.seed)
    figure = two_moons_figure(points, axes_of(points), self_training(points, true))
    write_figure(output.two_moons, figure)
