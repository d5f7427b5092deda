"""Exports the classifier of an image set: its formats, their parity, and its card."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.exports.card import Evidence, model_card
from practical_dl.exports.formats import FORMATS, require_packages, require_source
from practical_dl.exports.parity import compare, parity_table, require_parity
from practical_dl.files.artefacts import (
    read_json,
    sha256_of_file,
    write_csv,
    write_json,
    write_text,
)
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.features.backbones import read_description
from practical_dl.images.pictures.loading import read_images, source_beside, source_root
from practical_dl.images.pictures.manifest import labelled_rows, read_manifest
from practical_dl.images.pictures.splits import read_split
from practical_dl.images.submission.classifier import read_classifier
from practical_dl.images.submission.classifier_model import open_classifier
from practical_dl.job.errors import UserError
from practical_dl.settings.results_lookup import made_file

CARD = "README.md"
"""The name under which GitHub and the hub show a card."""
PARITY = "parity.csv"
DESCRIPTION = "classifier.json"
BATCH = 32


def export_classifier(results: Path, dataset: str, names: Sequence[str], into: Path) -> list[Path]:
    """Write the formats with these `names`, their parity and the card; the files.

    All or nothing: a format that says something else leaves `into` as it was.

    Raises:
        UserError: nothing was made yet, a package is missing, a picture is gone, or a format
            says something else.
    """
    description = made_file(results, "images", dataset, DESCRIPTION)
    content = read_classifier(description)
    model = description.with_name(content["model"])
    for name in names:
        require_packages(name)
        require_source(name, model)
    known = read_evidence(results, dataset, content)
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".partial-") as folder:
        _write_all(Path(folder), model, names, known, _held_out(results, known))
        files = sorted(Path(folder).iterdir())
        for path in files:
            path.replace(into / path.name)
    return [into / path.name for path in files]


def read_evidence(results: Path, dataset: str, content: dict[str, Any]) -> Evidence:
    """What the results say of a classifier, for its card.

    Raises:
        UserError: a result is missing or damaged.
    """
    images, backbone = results / "images" / dataset, content["backbone"]
    head = images / "heads" / backbone
    manifest = read_manifest(images / "manifest.csv")
    return Evidence(
        dataset,
        manifest,
        read_split(images / "splits/grouped.csv", manifest),
        read_class_predictions(head / "grouped/predictions.csv"),
        read_json(head / "grouped/metrics.json", ("scores", "interval")),
        read_json(head / "leak.json", ("scores",)) if (head / "leak.json").is_file() else None,
        read_description(images / "features" / backbone / "backbone.json"),
        content,
    )


def _held_out(results: Path, known: Evidence) -> Iterator[NDArray[np.uint8]]:
    """The held-out pictures in batches, at the classifier's size, as it takes them."""
    source = source_beside(results, known.dataset)
    if not source.is_file():
        raise UserError(
            f"{source}: no such file; the held-out pictures are needed to compare formats on, so "
            "export where the workflow ran"
        )
    root = results.parent / source_root(source)
    rows = labelled_rows(known.manifest)
    held_out = rows[(known.split["role"] == "valid").to_numpy()]
    for _, pictures in read_images(root, held_out, tuple(known.classifier["input_size"]), 1, BATCH):
        yield pictures


def _write_all(
    folder: Path,
    model: Path,
    names: Sequence[str],
    known: Evidence,
    batches: Iterator[NDArray[np.uint8]],
) -> None:
    written = {name: [folder / file for file in FORMATS[name].files] for name in names}
    for name, files in written.items():
        FORMATS[name].write(model, files[0])
    others = {name: FORMATS[name].open(files[0]) for name, files in written.items()}
    found = compare(open_classifier(model), others, batches)
    for name, parity in found.items():
        require_parity(name, parity)
    sizes = {name: sum(file.stat().st_size for file in files) for name, files in written.items()}
    table = parity_table(found, {name: FORMATS[name].runtime for name in names}, sizes)
    hashes = {file.name: sha256_of_file(file) for files in written.values() for file in files}
    write_csv(folder / PARITY, table)
    write_json(folder / DESCRIPTION, known.classifier)
    write_text(folder / CARD, model_card(known, table, hashes))
