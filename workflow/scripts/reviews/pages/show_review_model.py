from practical_dl.job.runtime import job
from practical_dl.report.plotting import write_figure
from practical_dl.reviews.corpus.about import read_about
from practical_dl.reviews.corpus.files import read_lengths
from practical_dl.reviews.models.runs import read_runs
from practical_dl.reviews.pages.plots import pictures_of

with job(snakemake):
    given, output = snakemake.input, snakemake.output
    about = read_about(given.about)
    runs = read_runs(given.runs, about.classes)
    lengths = read_lengths(given.reviews, given.tokens)
    model, seed = snakemake.wildcards.model, snakemake.params.seed
    by_length, calibration = pictures_of(model, runs, lengths, about, seed)
    write_figure(output.by_length, by_length)
    write_figure(output.calibration, calibration)
