from practical_dl.files.artefacts import write_csv
from practical_dl.images.folds.folded import read_folded
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, found = snakemake.params, snakemake.input
    configure_tensorflow(params.seed)
    from practical_dl.images.folds.meta_data import fit_variants, size_columns

    folded, features, _ = read_folded(found.manifest, found.folds, found.labelled, [], "average")
    manifest = read_manifest(found.manifest).set_index("image_id")
    columns = size_columns(manifest.loc[folded.rows["image_id"]])
    seeds = [params.seed + number for number in range(params.seeds)]
    predicted = fit_variants(
        features, columns, folded.labels, folded.fold, Recipe(**params.recipe), seeds, log
    )
    for name, values in predicted.items():
        write_csv(snakemake.output[name], folded.frame(values))
