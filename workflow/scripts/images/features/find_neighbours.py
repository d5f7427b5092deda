from practical_dl.images.ensemble.members import folds_of
from practical_dl.images.features.look_alikes import nearest, nearest_within, write_neighbours
from practical_dl.images.features.reduced import read_reduced, read_test
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job

with job(snakemake):
    count = max(snakemake.params.counts, default=1)
    dealt = read_folds(snakemake.input.folds, read_manifest(snakemake.input.manifest))
    rows, look = read_reduced(snakemake.input.labelled, "look")
    labelled = nearest_within(look, folds_of(list(rows["image_id"]), dealt), count)
    _, test_look = read_test(snakemake.input.test, "look", look)
    write_neighbours(snakemake.output.neighbours, labelled, nearest(test_look, count))
