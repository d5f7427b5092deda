from practical_dl.files.artefacts import write_bytes, write_csv
from practical_dl.files.model_files import save_model
from practical_dl.files.predictions import class_frame
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.inference import freeze
from practical_dl.images.features.store import open_stores
from practical_dl.images.pictures.manifest import labelled_rows, read_manifest
from practical_dl.images.pseudo_labels.material import read_material
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, found, output = snakemake.params, snakemake.input, snakemake.output
    configure_tensorflow(params.seed)
    from practical_dl.images.pseudo_labels.distillation import Pupil, distil
    from practical_dl.images.pseudo_labels.rounds import read_round

    stores = open_stores(found.stores, found.shards, read_description(found.description))
    pupil = Pupil(**params.pupil, recipe=Recipe(**params.recipe), memory_mb=params.memory_mb)
    files = zip(found.roles, found.last, strict=True)
    folds = ((read_material(found.pictures, roles), read_round(last)) for roles, last in files)
    width, heat = params.head_width, params.temperature
    distilled = distil(stores, folds, pupil, width, heat, params.seed, log)
    save_model(output.model, distilled.model)
    write_bytes(output.graph, freeze(distilled.model))
    write_csv(output.history, distilled.histories)
    labelled = labelled_rows(read_manifest(found.manifest))
    ids, groups, true = (list(labelled[key]) for key in ("image_id", "group", "label"))
    for path, name in zip(output.predictions, params.learners, strict=True):
        values = distilled.predicted[name]
        write_csv(path, class_frame(ids, groups, true, distilled.classes, values))
