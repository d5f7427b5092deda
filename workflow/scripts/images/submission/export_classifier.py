from pathlib import Path

from practical_dl.files.artefacts import write_json
from practical_dl.files.model_files import load_model
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_store
from practical_dl.images.pictures.manifest import class_names, read_manifest, shared_levels
from practical_dl.images.submission.classifier import classifier_content
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake):
    found, output = snakemake.input, snakemake.output
    configure_tensorflow(snakemake.params.seed)
    from practical_dl.images.heads.grad_cam import explained_content
    from practical_dl.images.submission.classifier_model import write_classifier

    manifest = read_manifest(found.manifest)
    classes, levels = class_names(manifest), shared_levels(manifest)
    head = load_model(found.head)
    described = read_description(found.description)
    store = open_store(found.store, found.shards, described)
    predicted = read_class_predictions(found.predictions)
    write_json(output.explained, explained_content(head, store, predicted))
    models = [Path(path) for path in output.model]
    write_classifier(models, Path(found.backbone[0]), head)
    trained_on = f"{snakemake.wildcards.dataset}, training side of the grouped split"
    size = described["input_size"]
    backbone = Path(found.description).parent.name
    content = classifier_content(models[0].name, size, classes, trained_on, levels, backbone)
    write_json(output.description, content)
