from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import read_json, write_text
from practical_dl.files.model_files import load_model
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import open_store
from practical_dl.images.pages.explain_answers import explain_answer, explain_title
from practical_dl.images.pages.explain_plots import Explained, explained_figure
from practical_dl.images.pictures.class_meanings import meanings
from practical_dl.images.pictures.loading import read_images
from practical_dl.images.pictures.manifest import read_manifest
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.report.page import heading, page, paragraph, picture

SHOWN = 8
WIDEST = 320


def shown_size(rows: pd.DataFrame) -> tuple[int, int]:
    """Height and width that all of these pictures are shown at: the first one's, not too wide."""
    width, height = int(rows["width"].iloc[0]), int(rows["height"].iloc[0])
    return round(height * min(1, WIDEST / width)), min(width, WIDEST)


with job(snakemake):
    configure_tensorflow(snakemake.params.seed)
    import numpy as np

    from practical_dl.images.heads.grad_cam import grad_cam, most_confident

    predicted = read_class_predictions(snakemake.input.predictions)
    labels = predicted.labels()
    manifest = read_manifest(snakemake.input.manifest).set_index("image_id", drop=False)
    description = read_description(snakemake.input.description)
    store = open_store(snakemake.input.store, snakemake.input.shards, description)
    if len(store.shape) != 3:
        raise UserError(f"{snakemake.input.store}: pooled features have no places to show")
    root = Path(read_json(snakemake.input.source, ["root"])["root"])
    head = load_model(snakemake.input.model)
    place = {image: row for row, image in enumerate(store.rows["image_id"])}
    blocks = []
    for right, title in ((True, "Right and sure"), (False, "Wrong and sure")):
        rows = most_confident(predicted, right, SHOWN)
        rows = rows[np.argsort([place[predicted.ids[row]] for row in rows])]
        if not len(rows):
            continue
        ids = [predicted.ids[row] for row in rows]
        features = store.read(np.array([place[image] for image in ids]))
        maps = grad_cam(head, features, predicted.probabilities[rows].argmax(axis=1))
        size = shown_size(manifest.loc[ids])
        (read,) = read_images(root, manifest.loc[ids], size, snakemake.threads, len(ids))
        shown = [
            Explained(photo, one, explain_title(predicted, row))
            for photo, one, row in zip(read[1], maps, rows, strict=True)
        ]
        blocks += [heading(title), picture(explained_figure(shown), title)]
    if snakemake.params.of_drivers:
        blocks.append(paragraph(meanings()))
    answer = explain_answer(predicted, labels, description["layer"])
    write_text(
        snakemake.output.page, page("Where does the head look, right and wrong?", answer, blocks)
    )
