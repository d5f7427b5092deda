from collections.abc import Iterator
from typing import Any

from practical_dl.images.features.reduced import read_reduced, read_test, region_means
from practical_dl.images.folds.folded import read_folded
from practical_dl.images.folds.linear import FLOOR_C, fit_linear_folds
from practical_dl.job.runtime import job

REGIONS = ("plain", "centred")

with job(snakemake) as log:
    found, output, grid = snakemake.input, snakemake.output, snakemake.params.grid
    folded, average, test_average = read_folded(
        found.manifest, found.folds, found.labelled, found.test, "average"
    )

    def inputs() -> Iterator[tuple[Any, Any, float]]:
        yield average, test_average, FLOOR_C
        for name in REGIONS:
            _, maps = read_reduced(found.labelled, name)
            _, test_maps = read_test(found.test, name, maps)
            yield *region_means([maps, test_maps], grid["regions"]), grid["regions_strength"]

    for number, (features, test, penalty_c) in enumerate(inputs()):
        predicted = fit_linear_folds(features, folded.labels, folded.fold, test, penalty_c, log)
        folded.write({name: paths[number] for name, paths in output.items()}, predicted)
