from practical_dl.images.pages.plots import groups_per_split_figure
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_split
from practical_dl.job.runtime import job
from practical_dl.report.plotting import write_figure

with job(snakemake):
    manifest = read_manifest(snakemake.input.manifest)
    splits = {name: read_split(snakemake.input[name], manifest) for name in ("grouped", "random")}
    write_figure(snakemake.output.plot, groups_per_split_figure(manifest, splits))
