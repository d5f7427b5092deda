from practical_dl.images.manifest import read_manifest
from practical_dl.images.plots import groups_per_split_figure
from practical_dl.images.splits import read_split
from practical_dl.plotting import write_figure
from practical_dl.runtime import job

with job(snakemake):
    manifest = read_manifest(snakemake.input.manifest)
    splits = {name: read_split(snakemake.input[name], manifest) for name in ("grouped", "random")}
    write_figure(snakemake.output.plot, groups_per_split_figure(manifest, splits))
