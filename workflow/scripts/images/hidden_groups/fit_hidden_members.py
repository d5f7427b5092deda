from pathlib import Path

from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.look_alikes import nearest, nearest_within, write_neighbours
from practical_dl.images.features.reduced import fit_projection, sampled_features
from practical_dl.images.features.store import open_store
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.images.pictures.splits import read_folds
from practical_dl.job.runtime import job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    from practical_dl.images.hidden_groups import members

    params, found, output = snakemake.params, snakemake.input, snakemake.output
    grid, trial = params.grid, params.trial
    manifest = read_manifest(found.manifest)
    path = Path(found.store)
    store = open_store(path, [path], read_description(found.description))
    known, hidden = members.rows_of_parts(store.rows, manifest)
    features = sampled_features([store], params.seed)
    projection = fit_projection(features, trial["components"])
    parts = members.reduced_parts(store, known, hidden, projection, grid["look_alikes"])
    dealt = read_folds(found.folds, manifest)
    folded = members.folded_rows(store.rows, known, hidden, dealt, class_names(manifest))
    log.info(f"{len(known)} known and {len(hidden)} hidden pictures reduced")

    count = max(params.counts, default=1)
    labelled = nearest_within(parts[0]["look"], folded.fold, count)
    write_neighbours(output.neighbours, labelled, nearest(parts[1]["look"], count))

    strength = grid["regions_strength"]
    inputs = members.linear_inputs_of(parts, params.linear, grid["regions"], strength)
    recipe = Recipe(grid["schedule"], grid["batch_size"], grid["optimizer"])
    seeds = [params.seed + number for number in range(trial["seeds"])]
    for number, name in enumerate(params.members):
        log.info(name)
        if name in inputs:
            predicted = members.fit_linear_member(inputs[name], folded, log)
        else:
            predicted = members.fit_head_member(parts, folded, name, recipe, seeds, log)
        folded.write(
            {"out_of_fold": output.out_of_fold[number], "test": output.test[number]}, predicted
        )
