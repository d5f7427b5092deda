from practical_dl.artefacts import write_csv
from practical_dl.images.backbones import read_description
from practical_dl.images.feature_store import open_store
from practical_dl.images.manifest import class_names, read_manifest
from practical_dl.images.splits import read_split, rows_by_role
from practical_dl.predictions import class_frame
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake) as log:
    configure_tensorflow(snakemake.params.seed)
    import keras

    from practical_dl.images.feature_batches import labelled_source
    from practical_dl.images.head_fitting import Recipe, fit_head, predict_rows

    params = snakemake.params
    manifest = read_manifest(snakemake.input.manifest)
    classes = class_names(manifest)
    description = read_description(snakemake.input.description)
    shards = snakemake.input.shards
    per_part = len(shards) // len(snakemake.input.stores)
    stores = [
        open_store(path, shards[number * per_part : (number + 1) * per_part], description)
        for number, path in enumerate(snakemake.input.stores)
    ]
    split = read_split(snakemake.input.split, manifest)
    clean = stores[0]
    rows = rows_by_role(clean.rows, split, params.inner_share, True, params.seed)
    inner, valid = (labelled_source(clean, rows[part], len(classes)) for part in ("inner", "valid"))
    sources = [labelled_source(store, rows["train"], len(classes)) for store in stores]
    recipe = Recipe(
        params.width,
        params.dropout,
        params.schedule,
        params.optimizer,
        params.batch_size,
        params.memory_mb,
        description["pool"],
    )
    scored = clean.rows.iloc[rows["valid"]]
    true = [classes[label] for label in scored["label"]]
    trainings = {"augmented": (sources, 1), "clean": (sources[:1], len(sources))}
    for name, (trained_on, repeats) in trainings.items():
        keras.utils.set_random_seed(params.seed)
        model, history = fit_head(trained_on, inner, recipe, params.seed, log, repeats)
        predicted = predict_rows(model, valid, params.batch_size)
        write_csv(snakemake.output[f"{name}_history"], history)
        write_csv(
            snakemake.output[name],
            class_frame(scored["image_id"], scored["group"], true, classes, predicted),
        )
