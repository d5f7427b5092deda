from practical_dl.images.features.look_alikes import nearest, nearest_within, write_neighbours
from practical_dl.images.folds.folded import read_folded
from practical_dl.job.runtime import job

with job(snakemake):
    found = snakemake.input
    count = max(snakemake.params.counts, default=1)
    folded, look, test_look = read_folded(
        found.manifest, found.folds, found.labelled, found.test, "look"
    )
    labelled = nearest_within(look, folded.fold, count)
    write_neighbours(snakemake.output.neighbours, labelled, nearest(test_look, count))
