from typing import Any

from practical_dl.images.features.reduced import read_reduced, read_test
from practical_dl.images.folds.folded import read_folded
from practical_dl.images.folds.linear import fit_linear_folds, linear_inputs
from practical_dl.job.runtime import job

with job(snakemake) as log:
    found, output, grid = snakemake.input, snakemake.output, snakemake.params.grid
    folded, _, _ = read_folded(found.manifest, found.folds, found.labelled, found.test, "average")

    def read(name: str) -> tuple[Any, Any]:
        _, values = read_reduced(found.labelled, name)
        _, of_test = read_test(found.test, name, values)
        return values, of_test

    inputs = linear_inputs(read, grid["regions"], grid["regions_strength"])
    for number, (features, test, penalty_c) in enumerate(inputs):
        predicted = fit_linear_folds(features, folded.labels, folded.fold, test, penalty_c, log)
        folded.write({name: paths[number] for name, paths in output.items()}, predicted)
