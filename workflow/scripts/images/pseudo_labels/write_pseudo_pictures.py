from practical_dl.images.features.reduced import read_reduced, read_test
from practical_dl.images.pseudo_labels.material import write_pictures
from practical_dl.job.runtime import job

with job(snakemake):
    params = snakemake.params
    rows, maps = read_reduced(snakemake.input.labelled, params.features)
    test_rows, test_maps = read_test(snakemake.input.test, params.features, maps)
    parts = [
        (part, values[..., : params.components])
        for part, values in ((rows, maps), (test_rows, test_maps))
    ]
    write_pictures(snakemake.output.pictures, parts, params.regions)
