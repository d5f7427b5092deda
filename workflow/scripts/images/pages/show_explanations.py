from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.features.backbones import read_description
from practical_dl.images.heads.grad_cam import read_explained
from practical_dl.images.pages.explanations import (
    explained_pictures,
    explanations_page,
    no_places_page,
)
from practical_dl.images.pictures.class_meanings import with_names
from practical_dl.images.pictures.loading import source_root
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.job.runtime import job
from practical_dl.report.page import write_page

with job(snakemake):
    found = snakemake.input
    predicted = with_names(read_class_predictions(found.predictions), snakemake.params.class_names)
    manifest, root = read_manifest(found.manifest), source_root(found.source)
    explained = {
        name: explained_pictures(root, manifest, predicted, maps)
        for name, maps in read_explained(found.explained).items()
    }
    layer = read_description(found.description)["layer"]
    page = no_places_page(layer)
    if any(explained.values()):
        page = explanations_page(explained, predicted, layer)
    write_page(snakemake.output.explanations, page)
