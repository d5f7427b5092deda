from practical_dl.images.look_alikes import nearest, nearest_within, write_neighbours
from practical_dl.images.manifest import read_manifest
from practical_dl.images.members import folds_of
from practical_dl.images.reduced_store import read_reduced, read_test
from practical_dl.images.splits import read_folds
from practical_dl.runtime import job

with job(snakemake):
    count = max(snakemake.params.counts, default=1)
    dealt = read_folds(snakemake.input.folds, read_manifest(snakemake.input.manifest))
    rows, look = read_reduced(snakemake.input.labelled, "look")
    labelled = nearest_within(look, folds_of(list(rows["image_id"]), dealt), count)
    _, test_look = read_test(snakemake.input.test, "look", look)
    write_neighbours(snakemake.output.neighbours, labelled, nearest(test_look, count))
