"""Keras models in words, read without TensorFlow and without running anything in them."""

import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import h5py

from practical_dl.artefacts import require_file
from practical_dl.errors import UserError
from practical_dl.inspection.stores import tell_weights
from practical_dl.inspection.telling import Telling

MEMBERS = ("metadata.json", "config.json", "model.weights.h5")


def tell_keras(path: Path) -> Telling:
    """A `.keras` file.

    Raises:
        UserError: it is absent, cut off, damaged, or lacks a part.
    """
    require_file(path)
    told = Telling("model: network and weights in one Keras file")
    try:
        with zipfile.ZipFile(path) as archive:
            metadata, config, weights = (archive.read(name) for name in MEMBERS)
        content = json.loads(config)
        told.facts["Keras"] = str(json.loads(metadata).get("keras_version", "unknown"))
        with h5py.File(io.BytesIO(weights), "r") as file:
            tell_weights(file, told)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise UserError(f"{path}: a damaged model ({error}); delete it and run again") from error
    settings = content.get("config", {})
    layers = settings.get("layers", [])
    told.facts = {
        "name": str(settings.get("name", "unknown")),
        "input": _shape(layers),
        "layers": _layers(layers),
        **told.facts,
    }
    return told


def _shape(layers: list[dict[str, Any]]) -> str:
    shapes = [
        layer["config"].get("batch_shape")
        for layer in layers
        if layer.get("class_name") == "InputLayer"
    ]
    return ", ".join(
        " x ".join("any" if n is None else str(n) for n in one or ()) for one in shapes
    )


def _layers(layers: list[dict[str, Any]]) -> str:
    kinds = Counter(str(layer.get("class_name")) for layer in layers)
    del kinds["InputLayer"]
    return f"{kinds.total()}: {', '.join(f'{count} {kind}' for kind, count in kinds.items())}"
