from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import write_bytes, write_csv
from practical_dl.files.model_files import save_model
from practical_dl.files.predictions import class_frame
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.inference import freeze
from practical_dl.images.features.store import open_store
from practical_dl.images.pictures.manifest import labelled_rows, read_manifest
from practical_dl.images.pseudo_labels.material import TEST, TRAIN, read_material, require_pictures
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    from practical_dl.images.features.batches import Source, unlabelled_source
    from practical_dl.images.heads.fitting import predict_rows
    from practical_dl.images.pseudo_labels.distillation import Pupil, fit_pupil, softened
    from practical_dl.images.pseudo_labels.rounds import predict_teacher, read_round, true_rows

    description = read_description(snakemake.input.description)
    shards = snakemake.input.shards
    per_store = len(shards) // len(snakemake.input.stores)
    stores = [
        open_store(Path(path), shards[number * per_store : (number + 1) * per_store], description)
        for number, path in enumerate(snakemake.input.stores)
    ]
    labelled = labelled_rows(read_manifest(snakemake.input.manifest))
    pupil = Pupil(
        params.model,
        params.width,
        params.dropout,
        params.shrink,
        params.share,
        params.schedule,
        params.batch_size,
        params.memory_mb,
    )
    folds = list(zip(snakemake.input.roles, snakemake.input.last, strict=True))
    predicted, histories, networks = {}, [], {}
    for fold, (roles, last) in enumerate(folds):
        material = read_material(snakemake.input.pictures, roles)
        require_pictures(material, [store.rows["image_id"] for store in stores])
        teacher = predict_teacher(material, read_round(last), "none", params.head_width)
        soft = softened(teacher, params.temperature)
        train, test = material.rows(TRAIN), material.rows(TEST)
        held_out = np.setdiff1d(np.arange(len(labelled)), train)
        classes = len(material.classes)
        taught = [Source(stores[0], train, soft[train])]
        if len(test):
            taught.append(Source(stores[1], np.arange(len(test)), soft[test]))
        truly = [Source(stores[0], train, true_rows(material).targets)]
        lessons = {"pupil_true": (truly, 1.0), "pupil_distilled": (taught, params.temperature)}
        scored = unlabelled_source(stores[0], held_out, classes)
        found = {"teacher": teacher[held_out]}
        for name, (sources, temperature) in lessons.items():
            log.info(f"fold {fold + 1} of {len(folds)}: {name}")
            networks[name], history = fit_pupil(
                sources, pupil, temperature, params.seed + fold, log, networks.get(name)
            )
            model = networks[name].answering
            found[name] = predict_rows(model, scored, params.batch_size)
            histories.append(history.assign(setting=name, seed=params.seed + fold))
        for name, values in found.items():
            everywhere = predicted.setdefault(name, np.zeros((len(labelled), classes)))
            everywhere[held_out] = values
    save_model(snakemake.output.model, model)
    write_bytes(snakemake.output.graph, freeze(model))
    write_csv(snakemake.output.history, pd.concat(histories))
    keys = [list(labelled[column]) for column in ("image_id", "group", "label")]
    for name, values in predicted.items():
        write_csv(snakemake.output[name], class_frame(*keys, material.classes, values))
