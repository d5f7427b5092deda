from practical_dl.images.pages.pictures import class_examples_figure, groups_per_split_figure
from practical_dl.images.pictures.class_meanings import named
from practical_dl.images.pictures.loading import source_root
from practical_dl.images.pictures.manifest import class_names, labelled_rows, read_manifest
from practical_dl.images.pictures.splits import read_split
from practical_dl.job.runtime import job
from practical_dl.report.plotting import write_figure

with job(snakemake):
    found, made = snakemake.input, snakemake.output
    manifest = read_manifest(found.manifest)
    root, labelled = source_root(found.source), labelled_rows(manifest)
    classes = class_names(manifest)
    called = dict(zip(classes, named(classes, snakemake.params.class_names), strict=True))
    labelled = labelled.assign(label=labelled["label"].map(called))
    write_figure(made.examples, class_examples_figure(root, labelled, snakemake.params.seed))
    splits = {name: read_split(found[name], manifest) for name in ("grouped", "random")}
    write_figure(made.groups, groups_per_split_figure(manifest, splits))
