from practical_dl.images.features.reduced import reduced_files
from practical_dl.images.networks.grid import describe, point_of_name
from practical_dl.job.runtime import job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    from practical_dl.images.folds.fitting import fit_folds, read_material

    params, found = snakemake.params, snakemake.input
    files, recipe = reduced_files(found.reduced), Recipe(**params.recipe)
    seeds = [params.seed + number for number in range(params.grid["seeds"])]
    for number, name in enumerate(params.points):
        point = point_of_name(name)
        log.info(describe(point))
        material, folded = read_material(
            files, found.manifest, found.folds, point, params.grid["test_passes"]
        )
        predicted = fit_folds(material, point, recipe, seeds, log)
        folded.write({kind: paths[number] for kind, paths in snakemake.output.items()}, predicted)
