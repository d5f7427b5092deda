from practical_dl.files.artefacts import write_json
from practical_dl.files.model_files import load_model, save_model
from practical_dl.images.pictures.manifest import class_names, read_manifest
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake):
    configure_tensorflow(snakemake.params.seed)
    from practical_dl.images.submission.classifier import classifier_content, joined_classifier

    classes = class_names(read_manifest(snakemake.input.manifest))
    model = joined_classifier(
        load_model(snakemake.input.backbone), load_model(snakemake.input.head)
    )
    save_model(snakemake.output.model, model)
    trained_on = f"{snakemake.wildcards.dataset}, training side of the grouped split"
    write_json(snakemake.output.description, classifier_content(model, classes, trained_on))
